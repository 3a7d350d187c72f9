INSERT INTO editions (hash, seen_at, files) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO NOTHING
