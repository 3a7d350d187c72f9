SELECT event FROM events WHERE matter IN (SELECT value FROM json_each(?1)) ORDER BY matter, seq
