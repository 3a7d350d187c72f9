DELETE FROM found_matters WHERE rowid = ?1
