SELECT id, version, state FROM matters WHERE id = ?1
-- postgres: FOR UPDATE
