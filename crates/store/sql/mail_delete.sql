DELETE FROM mails WHERE login = ?1
