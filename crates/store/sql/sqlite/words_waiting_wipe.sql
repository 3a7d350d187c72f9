DELETE FROM words_waiting
