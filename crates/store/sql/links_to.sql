SELECT DISTINCT matter FROM links WHERE linked IN (SELECT value FROM json_each(?1)) ORDER BY matter
