INSERT INTO turns (matter, step, role, each_of, rule, due, from_date, waits, barred, repeats, kind, opened)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
