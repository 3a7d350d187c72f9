SELECT m.kind, SUBSTR(m.closed, 1, 7), m.readers, COUNT(*)
FROM matters m
WHERE m.closed >= ?1 AND m.closed <= ?2
  AND m.id IN (SELECT p.matter FROM publications p)
GROUP BY m.kind, SUBSTR(m.closed, 1, 7), m.readers ORDER BY 1, 2
