  AND m.id IN (SELECT value FROM json_each(?17))
