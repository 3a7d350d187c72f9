SELECT t.kind, t.role, COUNT(*) FROM turns t JOIN matters m ON m.id = t.matter
WHERE t.due < ?3 AND t.waits = 0 AND t.repeats = 0
