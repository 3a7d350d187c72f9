SELECT CAST(pg_advisory_xact_lock(7302) AS TEXT)
