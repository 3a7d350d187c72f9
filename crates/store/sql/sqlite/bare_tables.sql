PRAGMA wal_autocheckpoint = 16000;
CREATE TABLE steps (matter TEXT, seq BIGINT, step TEXT, PRIMARY KEY (matter, seq));
CREATE TABLE heads (matter TEXT PRIMARY KEY, seq BIGINT, state TEXT);
