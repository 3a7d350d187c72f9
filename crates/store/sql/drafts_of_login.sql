SELECT place, draft, saved FROM drafts WHERE login = ?1 ORDER BY saved DESC, place
