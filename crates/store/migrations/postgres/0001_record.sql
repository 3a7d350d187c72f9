-- The record: what was done, kept for life.
CREATE TABLE events (
  place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  command TEXT COLLATE "C" NOT NULL,
  at TEXT COLLATE "C" NOT NULL,
  event TEXT NOT NULL,
  UNIQUE (matter, seq)
);
CREATE FUNCTION keep_the_record() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an event of the record is never changed or removed';
END
$$;
CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION keep_the_record();
CREATE TABLE commands (
  command TEXT COLLATE "C" PRIMARY KEY,
  first_place BIGINT NOT NULL,
  last_place BIGINT NOT NULL
);
CREATE TABLE counters (name TEXT COLLATE "C" PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE editions (hash TEXT COLLATE "C" PRIMARY KEY, seen_at TEXT COLLATE "C" NOT NULL, files TEXT NOT NULL);
CREATE TABLE outbox (
  item TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  due_at TEXT COLLATE "C" NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  error TEXT
);
CREATE INDEX outbox_by_due ON outbox (due_at);

-- What follows from the record alone.
CREATE TABLE matters (
  id TEXT COLLATE "C" PRIMARY KEY,
  number TEXT COLLATE "C" NOT NULL UNIQUE,
  kind TEXT COLLATE "C" NOT NULL,
  title_en TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  opened TEXT COLLATE "C" NOT NULL,
  closed TEXT COLLATE "C",
  version BIGINT NOT NULL,
  head TEXT NOT NULL,
  state TEXT NOT NULL
);
-- With every column that a list is filtered by, so that counting one reads no matter.
CREATE INDEX matters_by_opened ON matters (opened, id, kind, closed);
CREATE INDEX matters_by_kind ON matters (kind, opened, id, closed);
CREATE INDEX matters_open ON matters (kind, id) WHERE closed IS NULL;
CREATE TABLE links (
  matter TEXT COLLATE "C" NOT NULL REFERENCES matters (id),
  linked TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (linked, matter)
);
CREATE TABLE directory (
  number BIGINT PRIMARY KEY,
  matter TEXT COLLATE "C" NOT NULL,
  seq BIGINT NOT NULL,
  entry TEXT NOT NULL
);
CREATE TABLE publications (
  place BIGINT PRIMARY KEY,
  address TEXT COLLATE "C" NOT NULL UNIQUE,
  matter TEXT COLLATE "C" NOT NULL REFERENCES matters (id),
  seq BIGINT NOT NULL,
  title TEXT NOT NULL,
  published_on TEXT COLLATE "C" NOT NULL,
  publication TEXT NOT NULL
);
CREATE INDEX publications_by_day ON publications (published_on, place);
CREATE INDEX publications_of_matter ON publications (matter);
CREATE TABLE found_publications (
  rowid BIGINT PRIMARY KEY,
  tokens TEXT COLLATE "C" NOT NULL,
  lexemes TSVECTOR GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED
);
CREATE INDEX found_publications_by_lexeme ON found_publications USING gin (lexemes);

-- What the office derives by its rules.
CREATE TABLE turns (
  matter TEXT COLLATE "C" NOT NULL REFERENCES matters (id),
  step TEXT COLLATE "C" NOT NULL,
  role TEXT COLLATE "C" NOT NULL,
  each_of TEXT COLLATE "C" NOT NULL,
  rule TEXT COLLATE "C" NOT NULL,
  due TEXT COLLATE "C",
  from_date TEXT COLLATE "C",
  waits BIGINT NOT NULL,
  PRIMARY KEY (matter, step, role, each_of, rule)
);
-- Without the due date, so that a day that moves is written in one place.
CREATE INDEX turns_of_role ON turns (role);
CREATE TABLE readers (
  matter TEXT COLLATE "C" NOT NULL REFERENCES matters (id),
  role TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (matter, role)
);
CREATE INDEX readers_by_role ON readers (role, matter);
CREATE TABLE words (
  place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter TEXT COLLATE "C" NOT NULL UNIQUE REFERENCES matters (id),
  digest TEXT NOT NULL
);
CREATE TABLE found_matters (
  rowid BIGINT PRIMARY KEY,
  tokens TEXT COLLATE "C" NOT NULL,
  lexemes TSVECTOR GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED
);
CREATE INDEX found_matters_by_lexeme ON found_matters USING gin (lexemes);

-- What embedded full-text tables answer as functions of the search. The search is JSON: `lexemes`
-- for the index, `phrases` that must then stand in the text as they are.
CREATE FUNCTION found_matters(search TEXT) RETURNS TABLE (rowid BIGINT) LANGUAGE sql STABLE AS $$
  SELECT f.rowid FROM found_matters f
  WHERE f.lexemes @@ CAST(CAST(search AS JSON) ->> 'lexemes' AS TSQUERY)
    AND NOT EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(search AS JSON) -> 'phrases') AS phrase (text)
      WHERE strpos(' ' || f.tokens || ' ', phrase.text) = 0)
$$;
CREATE FUNCTION found_publications(search TEXT) RETURNS TABLE (rowid BIGINT) LANGUAGE sql STABLE AS $$
  SELECT f.rowid FROM found_publications f
  WHERE f.lexemes @@ CAST(CAST(search AS JSON) ->> 'lexemes' AS TSQUERY)
    AND NOT EXISTS (
      SELECT 1 FROM json_array_elements_text(CAST(search AS JSON) -> 'phrases') AS phrase (text)
      WHERE strpos(' ' || f.tokens || ' ', phrase.text) = 0)
$$;

-- Who may sign in, and what they have begun to write.
CREATE TABLE accounts (
  login TEXT COLLATE "C" PRIMARY KEY,
  person TEXT NOT NULL,
  hash TEXT NOT NULL,
  language TEXT NOT NULL,
  created TEXT NOT NULL,
  disabled BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  locked_until TEXT
);
CREATE TABLE sessions (
  id_hash TEXT COLLATE "C" PRIMARY KEY,
  kind TEXT NOT NULL,
  login TEXT COLLATE "C" NOT NULL REFERENCES accounts (login),
  label TEXT NOT NULL,
  created TEXT COLLATE "C" NOT NULL,
  last_seen TEXT COLLATE "C" NOT NULL,
  expires TEXT COLLATE "C" NOT NULL,
  csrf TEXT NOT NULL
);
CREATE INDEX sessions_of_login ON sessions (login);
CREATE INDEX sessions_by_end ON sessions (expires);
CREATE TABLE drafts (
  login TEXT COLLATE "C" NOT NULL REFERENCES accounts (login),
  place TEXT COLLATE "C" NOT NULL,
  draft TEXT NOT NULL,
  saved TEXT NOT NULL,
  PRIMARY KEY (login, place)
);
