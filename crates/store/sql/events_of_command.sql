SELECT event FROM events WHERE place BETWEEN ?1 AND ?2 AND command = ?3 ORDER BY place
