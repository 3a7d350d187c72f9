SELECT m.kind, SUBSTR(m.valid_from, 1, 7), m.readers, COUNT(*)
FROM matters m
WHERE m.valid_from >= ?1 AND m.valid_from <= ?2
GROUP BY m.kind, SUBSTR(m.valid_from, 1, 7), m.readers ORDER BY 1, 2
