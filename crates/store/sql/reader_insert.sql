INSERT INTO readers (matter, role) VALUES (?1, ?2)
