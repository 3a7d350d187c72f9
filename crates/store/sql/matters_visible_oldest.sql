ORDER BY m.opened, m.id LIMIT ?16 OFFSET ?17
