INSERT INTO found_matters (rowid, tokens) VALUES (?1, ?2)
