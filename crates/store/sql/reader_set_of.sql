SELECT id FROM reader_sets WHERE roles = ?1
-- postgres: AND MD5(roles) = MD5(?1)
