-- part rows
SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened, m.closed, m.version, m.valid_from
-- part count
SELECT COUNT(*) FROM (SELECT 1
-- part matters
FROM matters m
-- part found
FROM found_matters(?1) f CROSS JOIN words w CROSS JOIN matters m
-- part readable
WHERE (m.kind || '' IN (SELECT value FROM json_each(?2))
    OR m.readers + 0 IN (SELECT s.reader_set FROM reader_set_roles s WHERE s.role IN (SELECT value FROM json_each(?1))))
-- part of_found
  AND w.place = f.rowid AND m.id = w.matter
-- part of_kind
  AND m.kind = ?1
-- part of_kinds
  AND m.kind IN (SELECT value FROM json_each(?1))
-- part of_ids
  AND m.id IN (SELECT value FROM json_each(?1))
-- part open
  AND m.closed IS NULL
-- part closed
  AND m.closed IS NOT NULL
-- part dated
  AND m.valid_from IS NOT NULL
-- part undated
  AND m.valid_from IS NULL
-- part opened_from
  AND m.opened >= ?1
-- part opened_until
  AND m.opened <= ?1
-- part valid_on
  AND m.valid_from <= ?1 AND (m.valid_until IS NULL OR m.valid_until >= ?1)
-- part ended_before
  AND m.valid_from IS NOT NULL AND m.valid_until < ?1
-- part closed_within
  AND m.closed >= ?1 AND m.closed <= ?2
-- part valid_within
  AND m.valid_from >= ?1 AND m.valid_from <= ?2
-- part person
  AND m.readers IN (SELECT p.reader_set FROM reader_set_roles p WHERE p.role = ?1)
-- part published
  AND m.id IN (SELECT p.matter FROM publications p)
-- part newest
ORDER BY m.opened DESC, m.id DESC
-- part oldest
ORDER BY m.opened, m.id
-- part last_closed
ORDER BY m.closed DESC, m.id DESC
-- part first_valid
ORDER BY m.valid_from, m.opened, m.id
-- part last_valid
ORDER BY m.valid_from DESC, m.opened DESC, m.id DESC
-- part last_found
ORDER BY f.rowid DESC
-- part page
LIMIT ?1 OFFSET ?2
-- part counted
LIMIT ?1) AS counted
