INSERT INTO words (matter, digest) VALUES (?1, ?2) RETURNING place
