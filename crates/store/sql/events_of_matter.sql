SELECT event FROM events WHERE matter = ?1 ORDER BY seq
