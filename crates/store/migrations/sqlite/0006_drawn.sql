-- The numbers that steps drew from series, each given once; who looks for a number finds its matter.
CREATE TABLE drawn (
  number TEXT PRIMARY KEY,
  matter TEXT NOT NULL REFERENCES matters (id)
) WITHOUT ROWID;
