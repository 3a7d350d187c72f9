PRAGMA synchronous = FULL;
PRAGMA wal_checkpoint(TRUNCATE);
