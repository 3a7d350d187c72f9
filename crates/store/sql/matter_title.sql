UPDATE matters SET title_en = ?2, title_zh = ?3
WHERE id = ?1 AND (title_en <> ?2 OR title_zh <> ?3)
