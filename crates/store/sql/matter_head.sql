SELECT id, head FROM matters WHERE id = ?1
