UPDATE matters SET version = ?2, head = ?3, state = ?4, closed = ?5 WHERE id = ?1
