SELECT COUNT(*), MIN(due_at) FROM outbox WHERE attempts > 0 AND error IS NOT NULL
