SELECT DISTINCT l.matter FROM links l JOIN matters m ON m.id = l.matter
WHERE l.linked IN (SELECT value FROM json_each(?1)) AND m.closed IS NULL
ORDER BY l.matter
