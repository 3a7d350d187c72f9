UPDATE accounts SET hash = ?2 WHERE login = ?1
