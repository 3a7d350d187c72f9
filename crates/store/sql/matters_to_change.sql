SELECT id, version, head, derived, words_digest, number, kind, opened FROM matters
WHERE id IN (SELECT value FROM json_each(?1))
ORDER BY id
-- postgres: FOR UPDATE
