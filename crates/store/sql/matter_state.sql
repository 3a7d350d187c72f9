SELECT CASE WHEN e.seq IS NULL OR e.seq = s.version + 1 THEN s.state END, e.event
FROM states s
LEFT JOIN events e ON e.matter = s.matter AND e.seq > s.version
WHERE s.matter = ?1
ORDER BY e.seq
