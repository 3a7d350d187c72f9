-- The digest of a matter's words stands with the matter, so that a step that changes only its words, or all
-- but these, writes no more than that.
ALTER TABLE matters ADD COLUMN words_digest TEXT NOT NULL DEFAULT '';
UPDATE matters SET words_digest = COALESCE((SELECT w.digest FROM words w WHERE w.matter = matters.id), '');
ALTER TABLE words DROP COLUMN digest;
