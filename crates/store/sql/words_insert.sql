INSERT INTO words (matter) VALUES (?1) RETURNING place
