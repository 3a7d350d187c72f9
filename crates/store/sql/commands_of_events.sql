INSERT INTO commands (command, first_place, last_place)
SELECT command, MIN(place), MAX(place) FROM events GROUP BY command
