SELECT matter, step, role, each_of, rule, due, from_date, waits, barred FROM turns
WHERE matter IN (SELECT value FROM json_each(?1))
ORDER BY matter, step, role, each_of, rule
