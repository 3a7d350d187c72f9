FROM matters m
WHERE (m.kind || '' IN (SELECT value FROM json_each(?2))
    OR m.readers + 0 IN (SELECT s.reader_set FROM reader_set_roles s WHERE s.role IN (SELECT value FROM json_each(?1))))
  AND (CAST(?3 AS TEXT) IS NULL OR m.kind IN (SELECT value FROM json_each(?3)))
  AND (CAST(?4 AS TEXT) IS NULL OR m.opened >= ?4)
  AND (CAST(?5 AS TEXT) IS NULL OR m.opened <= ?5)
  AND (CAST(?6 AS TEXT) IS NULL
    OR m.id IN (SELECT w.matter FROM words w WHERE w.place IN (SELECT rowid FROM found_matters(?6))))
  AND (CAST(?7 AS TEXT) IS NULL OR (m.valid_from <= ?7 AND (m.valid_until IS NULL OR m.valid_until >= ?7)))
  AND (CAST(?8 AS TEXT) IS NULL OR (m.valid_from IS NOT NULL AND m.valid_until < ?8))
  AND (CAST(?9 AS TEXT) IS NULL OR (m.closed >= ?9 AND m.closed <= ?10))
  AND (CAST(?11 AS TEXT) IS NULL OR (m.valid_from >= ?11 AND m.valid_from <= ?12))
  AND (CAST(?13 AS TEXT) IS NULL OR m.readers IN (SELECT p.reader_set FROM reader_set_roles p WHERE p.role = ?13))
  AND (CAST(?14 AS BIGINT) = 0 OR m.id IN (SELECT p.matter FROM publications p))
