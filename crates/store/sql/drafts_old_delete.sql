DELETE FROM drafts WHERE saved <= ?1
