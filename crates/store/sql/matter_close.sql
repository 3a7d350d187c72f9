UPDATE matters SET version = ?2, head = ?3, closed = ?4 WHERE id = ?1
