INSERT INTO commands (command, first_place, last_place) VALUES (?1, ?2, ?3)
