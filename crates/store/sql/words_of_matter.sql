SELECT m.number, w.place, w.digest FROM matters m LEFT JOIN words w ON w.matter = m.id WHERE m.id = ?1
