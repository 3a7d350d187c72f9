SELECT kind, SUBSTR(opened, 1, 7), '', readers, COUNT(*)
FROM matters WHERE closed IS NULL
GROUP BY kind, SUBSTR(opened, 1, 7), readers
UNION ALL
SELECT kind, SUBSTR(opened, 1, 7), SUBSTR(closed, 1, 7), readers, COUNT(*)
FROM matters WHERE closed IS NOT NULL AND closed >= ?1
GROUP BY kind, SUBSTR(opened, 1, 7), SUBSTR(closed, 1, 7), readers
ORDER BY 1, 2, 3
