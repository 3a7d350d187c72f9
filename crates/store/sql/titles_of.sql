SELECT id, number, kind, title_en, title_zh, opened, closed, version FROM matters
WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id
