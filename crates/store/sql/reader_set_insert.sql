INSERT INTO reader_sets (roles) VALUES (?1)
-- postgres: ON CONFLICT (MD5(roles)) DO UPDATE SET roles = excluded.roles RETURNING id
