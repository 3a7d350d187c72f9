SELECT COUNT(*) FROM drawn WHERE number = ?1
