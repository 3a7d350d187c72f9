DELETE FROM sessions WHERE login = ?1
