-- Where to and when an account is told by mail of what waits on the desk; and what it was told of last.
CREATE TABLE mails (
  login TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES accounts (login),
  address TEXT NOT NULL,
  -- The hour of a daily mail; NULL: as soon as something comes.
  daily_at BIGINT,
  -- A JSON array of what was on the desk when the last mail went.
  told TEXT NOT NULL,
  -- The day of the last daily mail.
  sent_on TEXT
);
