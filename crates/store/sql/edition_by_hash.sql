SELECT hash, seen_at, files FROM editions WHERE hash = ?1
