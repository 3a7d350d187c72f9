-- The digest of what the office derived of a matter as it is kept, so that what stays the same is not
-- compared row by row; empty until something is kept.
ALTER TABLE matters ADD COLUMN derived TEXT NOT NULL DEFAULT '';
