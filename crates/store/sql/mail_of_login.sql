SELECT login, address, daily_at, told, sent_on FROM mails WHERE login = ?1
