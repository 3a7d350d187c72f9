DELETE FROM reader_sets
