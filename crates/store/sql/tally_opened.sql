SELECT m.kind, SUBSTR(m.opened, 1, 7), COUNT(*) FROM matters m
WHERE m.opened >= ?3 AND m.opened <= ?4
