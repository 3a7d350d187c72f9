DELETE FROM turns WHERE matter = ?1 AND step = ?2 AND role = ?3 AND each_of = ?4 AND rule = ?5
