UPDATE mails SET told = ?2, sent_on = ?3
WHERE login = ?1 AND told = ?4 AND COALESCE(sent_on, '') = COALESCE(CAST(?5 AS TEXT), '')
