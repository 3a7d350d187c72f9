SELECT m.id, m.number, m.kind, m.title_en, m.title_zh, m.opened, m.closed, m.version
