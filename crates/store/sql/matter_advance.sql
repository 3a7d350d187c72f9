UPDATE matters SET version = ?2, head = ?3, state = ?4 WHERE id = ?1
