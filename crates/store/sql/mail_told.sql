UPDATE mails SET told = ?2, sent_on = COALESCE(?3, sent_on) WHERE login = ?1
