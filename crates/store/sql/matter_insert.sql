INSERT INTO matters (id, number, kind, title_en, title_zh, opened, closed, version, head)
VALUES (?1, ?2, ?3, ?2, ?2, ?4, ?5, ?6, ?7)
