SELECT state FROM matters WHERE closed IS NULL AND id > ?1 ORDER BY id LIMIT ?2
