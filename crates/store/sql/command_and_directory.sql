SELECT (SELECT COALESCE(MAX(number), 0) FROM directory),
  (SELECT first_place FROM commands WHERE command = ?1), (SELECT last_place FROM commands WHERE command = ?1)
