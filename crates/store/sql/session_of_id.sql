SELECT id_hash, kind, login, label, created, last_seen, expires, csrf FROM sessions WHERE id_hash = ?1
