-- A matter as it stood at one of its events, written now and then: what happened since is folded onto it
-- when the matter is read. To write all of it with every step costs more than the step itself.
CREATE TABLE states (
  matter TEXT PRIMARY KEY REFERENCES matters (id),
  version BIGINT NOT NULL,
  state TEXT NOT NULL
);
INSERT INTO states (matter, version, state) SELECT id, version, state FROM matters;
ALTER TABLE matters DROP COLUMN state;
