SELECT id FROM matters
WHERE readers IN (SELECT reader_set FROM reader_set_roles WHERE role = ?1) ORDER BY id DESC LIMIT ?2
