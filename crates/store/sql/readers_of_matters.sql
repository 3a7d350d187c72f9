SELECT m.id, s.roles FROM matters m JOIN reader_sets s ON s.id = m.readers
WHERE m.id IN (SELECT value FROM json_each(?1)) ORDER BY m.id
