UPDATE matters SET title_en = ?2, title_zh = ?3, derived = ?4, valid_from = ?5, valid_until = ?6 WHERE id = ?1
