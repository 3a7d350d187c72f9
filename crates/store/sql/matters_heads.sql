SELECT id, head FROM matters WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id
