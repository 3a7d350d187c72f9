SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened,
       t.step, t.role, t.each_of, t.due, t.rule
FROM turns t JOIN matters m ON m.id = t.matter
WHERE t.due IS NOT NULL AND t.due < ?1
  AND t.waits = 0
  AND (CAST(?2 AS TEXT) IS NULL OR t.kind IN (SELECT value FROM json_each(?2)))
  AND (CAST(?5 AS TEXT) IS NULL OR t.role IN (SELECT value FROM json_each(?5)))
  AND (t.repeats = 0 OR NOT EXISTS (
    SELECT 1 FROM turns o
    WHERE o.matter = t.matter AND o.step = t.step AND o.role < t.role AND o.waits = 0
      AND o.each_of = t.each_of AND o.rule = t.rule AND o.due = t.due))
  AND (CAST(?3 AS TEXT) IS NULL
    OR m.kind || '' IN (SELECT value FROM json_each(?4))
    OR m.readers + 0 IN (SELECT s.reader_set FROM reader_set_roles s WHERE s.role IN (SELECT value FROM json_each(?3))))
ORDER BY t.due, t.matter, t.step, t.each_of
LIMIT ?6 OFFSET ?7
