INSERT INTO drawn (number, matter) VALUES (?1, ?2)
