LIMIT ?15) AS counted
