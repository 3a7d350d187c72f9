SELECT number, entry FROM directory ORDER BY number
