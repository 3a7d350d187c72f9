-- The record: what was done, kept for life.
CREATE TABLE events (
  place INTEGER PRIMARY KEY,
  matter TEXT NOT NULL,
  seq BIGINT NOT NULL,
  command TEXT NOT NULL,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  UNIQUE (matter, seq)
);
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'an event of the record is never changed'); END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'an event of the record is never removed'); END;
CREATE TABLE commands (
  command TEXT PRIMARY KEY,
  first_place BIGINT NOT NULL,
  last_place BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL) WITHOUT ROWID;
CREATE TABLE editions (hash TEXT PRIMARY KEY, seen_at TEXT NOT NULL, files TEXT NOT NULL);
-- Small, because what was told is removed: one tree in the order of claiming costs the least.
CREATE TABLE outbox (
  item TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  due_at TEXT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  error TEXT,
  PRIMARY KEY (due_at, item)
) WITHOUT ROWID;

-- What follows from the record alone.
CREATE TABLE matters (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  title_en TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  opened TEXT NOT NULL,
  closed TEXT,
  version BIGINT NOT NULL,
  head TEXT NOT NULL,
  state TEXT NOT NULL
);
-- With every column that a list is filtered by, so that counting one reads no matter.
CREATE INDEX matters_by_opened ON matters (opened, id, kind, closed);
CREATE INDEX matters_by_kind ON matters (kind, opened, id, closed);
CREATE INDEX matters_open ON matters (kind, id) WHERE closed IS NULL;
CREATE TABLE links (
  matter TEXT NOT NULL REFERENCES matters (id),
  linked TEXT NOT NULL,
  PRIMARY KEY (linked, matter)
) WITHOUT ROWID;
CREATE TABLE directory (
  number INTEGER PRIMARY KEY,
  matter TEXT NOT NULL,
  seq BIGINT NOT NULL,
  entry TEXT NOT NULL
);
CREATE TABLE publications (
  place INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE,
  matter TEXT NOT NULL REFERENCES matters (id),
  seq BIGINT NOT NULL,
  title TEXT NOT NULL,
  published_on TEXT NOT NULL,
  publication TEXT NOT NULL
);
CREATE INDEX publications_by_day ON publications (published_on, place);
CREATE INDEX publications_of_matter ON publications (matter);
CREATE VIRTUAL TABLE found_publications USING fts5 (tokens, content='', contentless_delete=1, tokenize='ascii');

-- What the office derives by its rules.
CREATE TABLE turns (
  matter TEXT NOT NULL REFERENCES matters (id),
  step TEXT NOT NULL,
  role TEXT NOT NULL,
  each_of TEXT NOT NULL,
  rule TEXT NOT NULL,
  due TEXT,
  from_date TEXT,
  waits BIGINT NOT NULL,
  PRIMARY KEY (matter, step, role, each_of, rule)
) WITHOUT ROWID;
-- Without the due date, so that a day that moves is written in one place.
CREATE INDEX turns_of_role ON turns (role);
CREATE TABLE readers (
  matter TEXT NOT NULL REFERENCES matters (id),
  role TEXT NOT NULL,
  PRIMARY KEY (matter, role)
) WITHOUT ROWID;
CREATE INDEX readers_by_role ON readers (role, matter);
CREATE TABLE words (
  place INTEGER PRIMARY KEY,
  matter TEXT NOT NULL UNIQUE REFERENCES matters (id),
  digest TEXT NOT NULL
);
CREATE VIRTUAL TABLE found_matters USING fts5 (tokens, content='', contentless_delete=1, tokenize='ascii');

-- Who may sign in, and what they have begun to write.
CREATE TABLE accounts (
  login TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  hash TEXT NOT NULL,
  language TEXT NOT NULL,
  created TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  locked_until TEXT
);
CREATE TABLE sessions (
  id_hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  login TEXT NOT NULL REFERENCES accounts (login),
  label TEXT NOT NULL,
  created TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  expires TEXT NOT NULL,
  csrf TEXT NOT NULL
);
CREATE INDEX sessions_of_login ON sessions (login);
CREATE INDEX sessions_by_end ON sessions (expires);
CREATE TABLE drafts (
  login TEXT NOT NULL REFERENCES accounts (login),
  place TEXT NOT NULL,
  draft TEXT NOT NULL,
  saved TEXT NOT NULL,
  PRIMARY KEY (login, place)
) WITHOUT ROWID;
