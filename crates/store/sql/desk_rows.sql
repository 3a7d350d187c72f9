SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened,
       shown.step, shown.role, shown.each_of, shown.due, shown.rule
FROM (
  SELECT t.matter, t.opened, t.step, t.role, t.each_of, t.due, t.rule,
         CASE WHEN t.due IS NULL THEN 1 ELSE 0 END AS undated
