DELETE FROM readers
