DELETE FROM outbox WHERE item = ?1
