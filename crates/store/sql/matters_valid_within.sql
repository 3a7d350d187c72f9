SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened, m.closed, m.version, m.valid_from
FROM matters m
WHERE m.valid_from >= ?4 AND m.valid_from <= ?5
  AND m.kind IN (SELECT value FROM json_each(?3))
  AND (m.kind || '' IN (SELECT value FROM json_each(?2))
    OR m.readers + 0 IN (SELECT s.reader_set FROM reader_set_roles s WHERE s.role IN (SELECT value FROM json_each(?1))))
ORDER BY m.valid_from, m.opened, m.id
LIMIT ?6
