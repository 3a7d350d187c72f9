SELECT m.kind, '', COUNT(*) FROM matters m
WHERE m.closed IS NULL
