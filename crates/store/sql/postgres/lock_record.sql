SELECT CAST(pg_advisory_xact_lock(7301) AS TEXT)
