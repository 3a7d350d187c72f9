INSERT INTO mails (login, address, daily_at, told) VALUES (?1, ?2, ?3, '[]')
ON CONFLICT (login) DO UPDATE SET address = excluded.address, daily_at = excluded.daily_at
