SELECT kind, COUNT(*), CAST(SUM(CASE WHEN due < ?2 THEN 1 ELSE 0 END) AS BIGINT), MIN(due)
FROM (
  SELECT DISTINCT m.kind, m.id, t.step, t.each_of, t.due, t.rule
  FROM turns t JOIN matters m ON m.id = t.matter
  WHERE t.role IN (SELECT value FROM json_each(?1))
    AND t.waits = 0
    AND (t.from_date IS NULL OR t.from_date <= ?2)
) AS desk
GROUP BY kind ORDER BY kind
