SELECT m.kind, SUBSTR(m.valid_from, 1, 7), COUNT(*)
FROM matters m
WHERE m.valid_from >= ?3 AND m.valid_from <= ?4
  AND (m.kind IN (SELECT value FROM json_each(?2))
    OR EXISTS (SELECT 1 FROM readers r WHERE r.matter = m.id AND r.role IN (SELECT value FROM json_each(?1))))
GROUP BY 1, 2 ORDER BY 1, 2
