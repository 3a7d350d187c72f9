-- The index of PostgreSQL keeps what waits by itself.
SELECT 1;
