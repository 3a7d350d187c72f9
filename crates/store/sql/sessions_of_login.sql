SELECT id_hash, kind, login, label, created, last_seen, expires, csrf FROM sessions WHERE login = ?1 ORDER BY created, id_hash
