SELECT l.matter FROM links l JOIN matters m ON m.id = l.matter
WHERE l.linked = ?1 AND m.closed IS NULL
ORDER BY l.matter
