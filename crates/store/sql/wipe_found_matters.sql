DELETE FROM found_matters
