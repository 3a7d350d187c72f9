INSERT INTO steps (matter, seq, step) VALUES (?1, ?2, ?3)
