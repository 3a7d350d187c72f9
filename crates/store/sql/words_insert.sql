INSERT INTO words (matter) VALUES (?1)
-- postgres: RETURNING place
