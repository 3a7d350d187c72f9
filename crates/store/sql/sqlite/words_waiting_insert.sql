INSERT INTO words_waiting (place, text) VALUES (?1, ?2) RETURNING n
