SELECT hash, seen_at, files FROM editions ORDER BY seen_at, hash
