SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened,
       t.step, MIN(t.role), t.each_of, t.due, t.rule, t.from_date
FROM turns t JOIN matters m ON m.id = t.matter
WHERE t.role IN (SELECT value FROM json_each(?1))
  AND t.waits = 0
  AND (t.barred = '' OR REPLACE(t.barred, ?4, '') = t.barred)
  AND t.from_date > ?2 AND t.from_date <= ?3
GROUP BY m.id, t.step, t.each_of, t.due, t.rule, t.from_date
ORDER BY t.from_date, m.id, t.step, t.each_of
LIMIT ?5
