INSERT INTO seen (person, matter, version) VALUES (?1, ?2, ?3)
ON CONFLICT (person, matter) DO UPDATE SET version = excluded.version WHERE excluded.version > seen.version
