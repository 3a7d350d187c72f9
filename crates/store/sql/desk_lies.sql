FROM (
  SELECT matter, step, role, each_of, rule, due, kind, opened, repeats, barred
  FROM turns WHERE role IN (SELECT value FROM json_each(?1)) AND waits = 0 AND from_date IS NULL
  UNION ALL
  SELECT matter, step, role, each_of, rule, due, kind, opened, repeats, barred
  FROM turns WHERE role IN (SELECT value FROM json_each(?1)) AND waits = 0 AND from_date <= ?2
) t
WHERE (t.barred = '' OR REPLACE(t.barred, ?3, '') = t.barred)
  AND (t.repeats = 0 OR NOT EXISTS (
    SELECT 1 FROM turns o
    WHERE o.matter = t.matter AND o.step = t.step AND o.role < t.role
      AND o.role IN (SELECT value FROM json_each(?1))
      AND o.waits = 0
      AND (o.barred = '' OR REPLACE(o.barred, ?3, '') = o.barred)
      AND (o.from_date IS NULL OR o.from_date <= ?2)
      AND o.each_of = t.each_of AND o.rule = t.rule
      AND (o.due = t.due OR (o.due IS NULL AND t.due IS NULL))))
