INSERT INTO heads (matter, seq, state) VALUES (?1, ?2, ?3) ON CONFLICT (matter) DO UPDATE SET seq = excluded.seq, state = excluded.state
