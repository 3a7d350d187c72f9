INSERT INTO counters (name, value) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE
SET value = CASE WHEN counters.value < excluded.value THEN excluded.value ELSE counters.value END
