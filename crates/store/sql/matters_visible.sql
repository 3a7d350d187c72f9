FROM matters m
WHERE (m.kind IN (SELECT value FROM json_each(?2))
    OR m.id IN (SELECT r.matter FROM readers r WHERE r.role IN (SELECT value FROM json_each(?1))))
  AND (CAST(?3 AS TEXT) IS NULL OR m.kind IN (SELECT value FROM json_each(?3)))
  AND (?4 = 'all' OR (?4 = 'open' AND m.closed IS NULL) OR (?4 = 'closed' AND m.closed IS NOT NULL))
  AND (CAST(?5 AS TEXT) IS NULL OR m.opened >= ?5)
  AND (CAST(?6 AS TEXT) IS NULL OR m.opened <= ?6)
  AND (CAST(?7 AS TEXT) IS NULL
    OR m.id IN (SELECT w.matter FROM words w WHERE w.place IN (SELECT rowid FROM found_matters(?7))))
  AND (CAST(?8 AS TEXT) IS NULL OR (m.valid_from <= ?8 AND (m.valid_until IS NULL OR m.valid_until >= ?8)))
  AND (CAST(?9 AS TEXT) IS NULL OR (m.valid_from IS NOT NULL AND m.valid_until < ?9))
  AND (CAST(?10 AS TEXT) IS NULL OR (m.closed >= ?10 AND m.closed <= ?11))
  AND (CAST(?12 AS TEXT) IS NULL OR (m.valid_from >= ?12 AND m.valid_from <= ?13))
  AND (CAST(?14 AS TEXT) IS NULL OR m.id IN (SELECT p.matter FROM readers p WHERE p.role = ?14))
