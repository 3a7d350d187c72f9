  AND m.closed IS NOT NULL
