SELECT p.address, p.matter, m.number, m.kind, p.title, p.published_on, p.publication
FROM publications p JOIN matters m ON m.id = p.matter
WHERE p.address = ?1
