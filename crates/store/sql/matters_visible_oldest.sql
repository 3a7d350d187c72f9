ORDER BY m.opened, m.id LIMIT ?14 OFFSET ?15
