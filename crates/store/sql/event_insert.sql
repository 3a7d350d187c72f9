INSERT INTO events (matter, seq, command, at, event) VALUES (?1, ?2, ?3, ?4, ?5)
-- postgres: RETURNING place
