SELECT state FROM matters WHERE id > ?1 ORDER BY id LIMIT ?2
