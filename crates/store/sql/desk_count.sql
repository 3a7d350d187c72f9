SELECT COUNT(*) FROM (
  SELECT DISTINCT m.id, t.step, t.each_of, t.due, t.rule
  FROM turns t JOIN matters m ON m.id = t.matter
  WHERE t.role IN (SELECT value FROM json_each(?1))
    AND t.waits = 0
    AND (t.from_date IS NULL OR t.from_date <= ?2)
    AND (CAST(?3 AS TEXT) IS NULL OR m.kind = ?3)
) AS desk
