SELECT late.kind, late.role, COUNT(*)
FROM (
  SELECT m.kind, MIN(t.role) AS role
  FROM turns t JOIN matters m ON m.id = t.matter
  WHERE t.due IS NOT NULL AND t.due < ?3
    AND t.waits = 0
    AND (m.kind IN (SELECT value FROM json_each(?2))
      OR EXISTS (SELECT 1 FROM readers r WHERE r.matter = m.id AND r.role IN (SELECT value FROM json_each(?1))))
  GROUP BY m.id, m.kind, t.step, t.each_of, t.due, t.rule
) AS late
GROUP BY late.kind, late.role ORDER BY late.kind, late.role
