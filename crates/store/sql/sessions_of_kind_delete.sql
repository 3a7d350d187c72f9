DELETE FROM sessions WHERE login = ?1 AND kind = ?2
