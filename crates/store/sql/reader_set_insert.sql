INSERT INTO reader_sets (roles) VALUES (?1)
-- postgres: ON CONFLICT (MD5(roles)) DO NOTHING
