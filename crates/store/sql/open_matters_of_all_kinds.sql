SELECT CASE WHEN e.seq IS NULL OR e.seq = s.version + 1 THEN s.state END, e.event
FROM (SELECT id FROM matters WHERE closed IS NULL AND id > ?1 ORDER BY id LIMIT ?2) m
JOIN states s ON s.matter = m.id
LEFT JOIN events e ON e.matter = s.matter AND e.seq > s.version
ORDER BY s.matter, e.seq
