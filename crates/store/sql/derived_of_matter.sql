SELECT derived, kind, opened FROM matters WHERE id = ?1
