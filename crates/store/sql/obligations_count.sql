SELECT COUNT(*) FROM (
  SELECT m.id
  FROM turns t JOIN matters m ON m.id = t.matter
  WHERE t.due IS NOT NULL AND t.due < ?1
    AND t.waits = 0
    AND (CAST(?2 AS TEXT) IS NULL OR m.kind IN (SELECT value FROM json_each(?2)))
    AND (CAST(?3 AS TEXT) IS NULL
      OR m.kind || '' IN (SELECT value FROM json_each(?4))
      OR m.readers + 0 IN (SELECT s.reader_set FROM reader_set_roles s WHERE s.role IN (SELECT value FROM json_each(?3))))
  GROUP BY m.id, t.step, t.each_of, t.due, t.rule
  HAVING CAST(?5 AS TEXT) IS NULL OR MIN(t.role) IN (SELECT value FROM json_each(?5))
) AS obligations
