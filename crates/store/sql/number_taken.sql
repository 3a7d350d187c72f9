SELECT COUNT(*) FROM matters WHERE number = ?1
