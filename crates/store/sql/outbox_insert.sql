INSERT INTO outbox (item, kind, body, due_at) VALUES (?1, ?2, ?3, ?4)
