INSERT INTO migrations (number, name, digest) VALUES (9999, '9999_later', '')
