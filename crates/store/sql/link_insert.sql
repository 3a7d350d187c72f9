INSERT INTO links (matter, linked) VALUES (?1, ?2)
