SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened,
       t.step, MIN(t.role), t.each_of, t.due, t.rule
FROM turns t JOIN matters m ON m.id = t.matter
WHERE t.role IN (SELECT value FROM json_each(?1))
  AND t.waits = 0
  AND (t.from_date IS NULL OR t.from_date <= ?2)
  AND (CAST(?3 AS TEXT) IS NULL OR m.kind = ?3)
GROUP BY m.id, t.step, t.each_of, t.due, t.rule
ORDER BY CASE WHEN t.due IS NULL THEN 1 ELSE 0 END, t.due, m.opened, m.id, t.step, t.each_of
LIMIT ?4 OFFSET ?5
