SELECT login, person, hash, language, created, disabled, failures, locked_until FROM accounts ORDER BY login
