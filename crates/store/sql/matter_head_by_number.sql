SELECT id, head FROM matters WHERE number = ?1
