SELECT DISTINCT reader_set FROM reader_set_roles WHERE role IN (SELECT value FROM json_each(?1))
