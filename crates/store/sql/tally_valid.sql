SELECT m.kind, SUBSTR(m.valid_from, 1, 7), COUNT(*) FROM matters m
WHERE m.valid_from >= ?3 AND m.valid_from <= ?4
