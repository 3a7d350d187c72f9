INSERT INTO sessions (id_hash, kind, login, label, created, last_seen, expires, csrf) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
