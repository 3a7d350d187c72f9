SELECT state FROM matters WHERE number = ?1
