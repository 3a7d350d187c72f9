SELECT draft, saved FROM drafts WHERE login = ?1 AND place = ?2
