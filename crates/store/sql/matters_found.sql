SELECT w.matter FROM words w WHERE w.place IN (SELECT rowid FROM found_matters(?1)) LIMIT ?2
