SELECT m.id FROM matters m LEFT JOIN seen s ON s.person = ?2 AND s.matter = m.id
WHERE m.id IN (SELECT value FROM json_each(?1)) AND (s.version IS NULL OR s.version < m.version)
