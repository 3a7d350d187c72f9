SELECT w.matter FROM found_matters(?1) f CROSS JOIN words w WHERE w.place = f.rowid LIMIT ?2
