DELETE FROM readers WHERE matter = ?1 AND role = ?2
