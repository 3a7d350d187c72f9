SELECT id, version, head, derived, words_digest, number, kind, opened FROM matters WHERE id = ?1
-- postgres: FOR UPDATE
