UPDATE matters SET title_en = ?2, title_zh = ?3, derived = ?4 WHERE id = ?1
