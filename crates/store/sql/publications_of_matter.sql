SELECT COUNT(*) FROM publications WHERE matter = ?1
