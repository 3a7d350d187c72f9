UPDATE sessions SET last_seen = ?2, expires = ?3 WHERE id_hash = ?1
