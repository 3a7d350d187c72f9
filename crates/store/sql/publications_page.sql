SELECT p.address, p.matter, m.number, m.kind, p.title, p.published_on, p.publication
FROM publications p JOIN matters m ON m.id = p.matter
WHERE CAST(?1 AS TEXT) IS NULL OR p.place IN (SELECT rowid FROM found_publications(?1))
ORDER BY p.published_on DESC, p.place DESC LIMIT ?2 OFFSET ?3
