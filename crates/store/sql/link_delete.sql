DELETE FROM links WHERE linked = ?2 AND matter = ?1
