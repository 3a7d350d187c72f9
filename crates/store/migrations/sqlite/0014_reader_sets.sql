-- Who may read a matter is one of few sets of roles that many matters share.
CREATE TABLE reader_sets (
  id INTEGER PRIMARY KEY,
  -- The keys of the roles in their order, a line each.
  roles TEXT NOT NULL UNIQUE
);
CREATE TABLE reader_set_roles (
  role TEXT NOT NULL,
  reader_set BIGINT NOT NULL,
  PRIMARY KEY (role, reader_set)
) WITHOUT ROWID;
-- NULL: nobody.
ALTER TABLE matters ADD COLUMN readers BIGINT;
INSERT INTO reader_sets (roles)
SELECT DISTINCT roles FROM (SELECT GROUP_CONCAT(role, CHAR(10) ORDER BY role) AS roles FROM readers GROUP BY matter);
UPDATE matters SET readers = (SELECT s.id FROM reader_sets s WHERE s.roles =
  (SELECT GROUP_CONCAT(r.role, CHAR(10) ORDER BY r.role) FROM readers r WHERE r.matter = matters.id));
INSERT INTO reader_set_roles (role, reader_set)
SELECT DISTINCT r.role, m.readers FROM readers r JOIN matters m ON m.id = r.matter;
DROP TABLE readers;
-- What a reader may read is found and counted in an index alone.
DROP INDEX matters_by_opened;
DROP INDEX matters_by_kind;
DROP INDEX matters_open;
DROP INDEX matters_valid;
DROP INDEX matters_closed;
DROP INDEX matters_valid_from;
CREATE INDEX matters_by_opened ON matters (opened, id, kind, closed, readers);
CREATE INDEX matters_by_kind ON matters (kind, opened, id, closed, readers);
CREATE INDEX matters_open ON matters (kind, opened, id, readers) WHERE closed IS NULL;
CREATE INDEX matters_closed ON matters (closed, id, kind, opened, readers) WHERE closed IS NOT NULL;
CREATE INDEX matters_valid_from ON matters (valid_from, kind, id, readers) WHERE valid_from IS NOT NULL;
CREATE INDEX matters_valid ON matters (kind, valid_from, readers) WHERE valid_from IS NOT NULL;
CREATE INDEX matters_by_readers ON matters (readers, id);
