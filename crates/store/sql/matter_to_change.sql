SELECT id, version, head FROM matters WHERE id = ?1
-- postgres: FOR UPDATE
