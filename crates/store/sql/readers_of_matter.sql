SELECT role FROM readers WHERE matter = ?1
