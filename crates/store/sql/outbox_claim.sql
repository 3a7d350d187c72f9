UPDATE outbox SET due_at = ?2, attempts = attempts + 1
WHERE item IN (
  SELECT item FROM outbox WHERE due_at <= ?1 ORDER BY due_at, item LIMIT ?3
  -- postgres: FOR UPDATE SKIP LOCKED
)
RETURNING item, kind, body, attempts
