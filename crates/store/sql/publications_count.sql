SELECT COUNT(*) FROM publications p
WHERE CAST(?1 AS TEXT) IS NULL OR p.place IN (SELECT rowid FROM found_publications(?1))
