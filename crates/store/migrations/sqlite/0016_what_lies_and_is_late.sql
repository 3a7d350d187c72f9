-- What has come lies apart from what comes later: a desk does not read the latter.
DROP INDEX turns_on_desks;
CREATE INDEX turns_on_desks ON turns (role, waits, from_date, kind, due, opened, repeats, barred);
-- What is late, due first.
CREATE INDEX turns_due ON turns (due, matter, step, each_of, kind, repeats) WHERE waits = 0 AND due IS NOT NULL;
-- What was closed of a kind, last first.
CREATE INDEX matters_closed_of_kind ON matters (kind, closed, id, readers) WHERE closed IS NOT NULL;
