SELECT place, text FROM words_waiting ORDER BY n
