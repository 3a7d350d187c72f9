-- Up to which version a person has seen a matter: what was done since is new to them.
CREATE TABLE seen (
  person TEXT COLLATE "C" NOT NULL,
  matter TEXT COLLATE "C" NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (person, matter)
);
