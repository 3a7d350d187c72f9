INSERT INTO found_publications (rowid, tokens) VALUES (?1, ?2)
