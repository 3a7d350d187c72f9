INSERT INTO directory (number, matter, seq, entry) VALUES (?1, ?2, ?3, ?4)
