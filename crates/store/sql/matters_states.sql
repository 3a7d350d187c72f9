SELECT CASE WHEN e.seq IS NULL OR e.seq = s.version + 1 THEN s.state END, e.event
FROM states s
LEFT JOIN events e ON e.matter = s.matter AND e.seq > s.version
WHERE s.matter IN (SELECT value FROM json_each(?1))
ORDER BY s.matter, e.seq
