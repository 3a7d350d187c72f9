SELECT m.kind, SUBSTR(m.closed, 1, 7), COUNT(*) FROM matters m
WHERE m.closed >= ?3 AND m.closed <= ?4
