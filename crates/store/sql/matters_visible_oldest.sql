ORDER BY m.opened, m.id LIMIT ?10 OFFSET ?11
