INSERT INTO states (matter, version, state) VALUES (?1, ?2, ?3)
ON CONFLICT (matter) DO UPDATE SET version = excluded.version, state = excluded.state
