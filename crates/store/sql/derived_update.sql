UPDATE matters SET title_en = ?2, title_zh = ?3, derived = ?4, words_digest = ?5, valid_from = ?6, valid_until = ?7,
  version = COALESCE(?8, version), head = COALESCE(?9, head),
  readers = CASE WHEN CAST(?10 AS BIGINT) = 1 THEN CAST(?11 AS BIGINT) ELSE readers END
WHERE id = ?1
