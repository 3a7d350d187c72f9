UPDATE accounts SET failures = failures + 1, locked_until = COALESCE(CAST(?2 AS TEXT), locked_until)
WHERE login = ?1 RETURNING failures
