SELECT m.kind, SUBSTR(m.opened, 1, 7), CASE WHEN m.closed IS NULL THEN '' ELSE SUBSTR(m.closed, 1, 7) END, COUNT(*)
FROM matters m
WHERE (m.closed IS NULL OR m.closed >= ?3 OR m.opened >= ?3)
  AND (m.kind IN (SELECT value FROM json_each(?2))
    OR EXISTS (SELECT 1 FROM readers r WHERE r.matter = m.id AND r.role IN (SELECT value FROM json_each(?1))))
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
