SELECT first_place, last_place FROM commands WHERE command = ?1
