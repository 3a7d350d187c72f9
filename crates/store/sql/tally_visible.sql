  AND (m.kind IN (SELECT value FROM json_each(?2))
    OR EXISTS (SELECT 1 FROM readers r WHERE r.matter = m.id AND r.role IN (SELECT value FROM json_each(?1))))
GROUP BY 1, 2 ORDER BY 1, 2
