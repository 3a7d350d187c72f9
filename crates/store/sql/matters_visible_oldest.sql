ORDER BY m.opened, m.id LIMIT ?15 OFFSET ?16
