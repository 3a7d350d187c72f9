SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened,
       shown.step, shown.role, shown.each_of, shown.due, shown.rule
FROM (
  SELECT t.matter, t.opened, t.step, t.role, t.each_of, t.due, t.rule,
         CASE WHEN t.due IS NULL THEN 1 ELSE 0 END AS undated
  FROM turns t
  WHERE t.role IN (SELECT value FROM json_each(?1))
    AND t.waits = 0
    AND (t.barred = '' OR REPLACE(t.barred, ?6, '') = t.barred)
    AND (t.from_date IS NULL OR t.from_date <= ?2)
    AND (CAST(?3 AS TEXT) IS NULL OR t.kind = ?3)
    AND (t.repeats = 0 OR NOT EXISTS (
      SELECT 1 FROM turns o
      WHERE o.matter = t.matter AND o.step = t.step AND o.role < t.role
        AND o.role IN (SELECT value FROM json_each(?1))
        AND o.waits = 0
        AND (o.barred = '' OR REPLACE(o.barred, ?6, '') = o.barred)
        AND (o.from_date IS NULL OR o.from_date <= ?2)
        AND o.each_of = t.each_of AND o.rule = t.rule
        AND (o.due = t.due OR (o.due IS NULL AND t.due IS NULL))))
  ORDER BY undated, t.due, t.opened, t.matter, t.step, t.each_of
  LIMIT ?4 OFFSET ?5
) shown JOIN matters m ON m.id = shown.matter
ORDER BY shown.undated, shown.due, shown.opened, shown.matter, shown.step, shown.each_of
