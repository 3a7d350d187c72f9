INSERT INTO accounts (login, person, hash, language, created, disabled, failures, locked_until)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (login) DO UPDATE
SET person = excluded.person, hash = excluded.hash, language = excluded.language,
    created = excluded.created, disabled = excluded.disabled, failures = excluded.failures,
    locked_until = excluded.locked_until
