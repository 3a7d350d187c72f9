UPDATE accounts SET language = ?2 WHERE login = ?1
