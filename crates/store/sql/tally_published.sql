SELECT m.kind, SUBSTR(m.closed, 1, 7), COUNT(*)
FROM matters m
WHERE m.closed >= ?3 AND m.closed <= ?4
  AND m.id IN (SELECT p.matter FROM publications p)
  AND (m.kind IN (SELECT value FROM json_each(?2))
    OR EXISTS (SELECT 1 FROM readers r WHERE r.matter = m.id AND r.role IN (SELECT value FROM json_each(?1))))
GROUP BY 1, 2 ORDER BY 1, 2
