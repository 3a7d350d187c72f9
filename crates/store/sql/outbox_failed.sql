UPDATE outbox SET error = ?2, due_at = ?3 WHERE item = ?1
