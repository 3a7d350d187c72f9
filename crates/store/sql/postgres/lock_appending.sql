SELECT CAST(pg_advisory_xact_lock_shared(7301) AS TEXT)
