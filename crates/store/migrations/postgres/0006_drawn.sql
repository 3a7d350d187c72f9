-- The numbers that steps drew from series, each given once; who looks for a number finds its matter.
CREATE TABLE drawn (
  number TEXT COLLATE "C" PRIMARY KEY,
  matter TEXT COLLATE "C" NOT NULL REFERENCES matters (id)
);
