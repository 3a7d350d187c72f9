SELECT m.kind, t.role, m.readers, COUNT(*)
FROM turns t JOIN matters m ON m.id = t.matter
WHERE t.due IS NOT NULL AND t.due < ?1
  AND t.waits = 0
  AND (t.repeats = 0 OR NOT EXISTS (
    SELECT 1 FROM turns o
    WHERE o.matter = t.matter AND o.step = t.step AND o.role < t.role AND o.waits = 0
      AND o.each_of = t.each_of AND o.rule = t.rule AND o.due = t.due))
GROUP BY m.kind, t.role, m.readers ORDER BY m.kind, t.role
