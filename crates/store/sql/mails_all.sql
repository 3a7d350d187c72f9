SELECT login, address, daily_at, told, sent_on FROM mails ORDER BY login
