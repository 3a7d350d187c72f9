SELECT derived, words_digest, number, kind, opened FROM matters WHERE id = ?1
