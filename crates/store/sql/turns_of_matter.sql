SELECT step, role, each_of, rule, due, from_date, waits FROM turns WHERE matter = ?1
