SELECT id, version, head, derived, kind, opened FROM matters WHERE id = ?1
-- postgres: FOR UPDATE
