SELECT derived FROM matters WHERE id = ?1
