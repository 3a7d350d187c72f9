SELECT late.kind, late.role, late.readers, COUNT(*)
FROM (
  SELECT m.kind, m.readers, MIN(t.role) AS role
  FROM turns t JOIN matters m ON m.id = t.matter
  WHERE t.due IS NOT NULL AND t.due < ?1
    AND t.waits = 0
  GROUP BY m.id, m.kind, m.readers, t.step, t.each_of, t.due, t.rule
) AS late
GROUP BY late.kind, late.role, late.readers ORDER BY late.kind, late.role
