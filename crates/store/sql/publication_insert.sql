INSERT INTO publications (place, address, matter, seq, title, published_on, publication)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
