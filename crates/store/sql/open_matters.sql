SELECT state FROM matters
WHERE closed IS NULL AND kind = ?1 AND id > ?2
ORDER BY id LIMIT ?3
