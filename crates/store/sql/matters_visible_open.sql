  AND m.closed IS NULL
