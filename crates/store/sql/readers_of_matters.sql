SELECT matter, role FROM readers WHERE matter IN (SELECT value FROM json_each(?1)) ORDER BY matter, role
