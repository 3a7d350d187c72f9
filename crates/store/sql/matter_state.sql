SELECT state FROM matters WHERE id = ?1
