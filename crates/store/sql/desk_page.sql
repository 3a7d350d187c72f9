    AND (CAST(?4 AS TEXT) IS NULL OR t.kind = ?4)
  ORDER BY undated, t.due, t.opened, t.matter, t.step, t.each_of
  LIMIT ?5 OFFSET ?6
) shown JOIN matters m ON m.id = shown.matter
ORDER BY shown.undated, shown.due, shown.opened, shown.matter, shown.step, shown.each_of
