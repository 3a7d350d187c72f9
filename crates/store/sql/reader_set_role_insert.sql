INSERT INTO reader_set_roles (role, reader_set) VALUES (?1, ?2) ON CONFLICT (role, reader_set) DO NOTHING
