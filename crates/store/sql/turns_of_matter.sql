SELECT step, role, each_of, rule, due, from_date, waits, barred FROM turns WHERE matter = ?1
