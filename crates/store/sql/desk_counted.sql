GROUP BY t.kind ORDER BY t.kind
