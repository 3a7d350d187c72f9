SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened, m.closed, m.version, t.step, t.due
FROM turns t JOIN matters m ON m.id = t.matter
WHERE t.rule = ?3 AND t.waits = 0 AND t.due IS NULL
  AND (m.kind || '' IN (SELECT value FROM json_each(?2))
    OR m.readers + 0 IN (SELECT s.reader_set FROM reader_set_roles s WHERE s.role IN (SELECT value FROM json_each(?1))))
ORDER BY t.due, t.matter, t.step
LIMIT ?4
