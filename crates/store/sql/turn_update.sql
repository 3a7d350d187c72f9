UPDATE turns SET due = ?6, from_date = ?7, waits = ?8, barred = ?9, repeats = ?10
WHERE matter = ?1 AND step = ?2 AND role = ?3 AND each_of = ?4 AND rule = ?5
