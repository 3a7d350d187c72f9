DELETE FROM directory
