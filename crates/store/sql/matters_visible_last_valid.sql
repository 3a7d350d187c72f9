ORDER BY CASE WHEN m.valid_from IS NULL THEN 1 ELSE 0 END, m.valid_from DESC, m.opened DESC, m.id DESC LIMIT ?15 OFFSET ?16
