-- What waits under a rule, as the page of its article shows it: due first.
CREATE INDEX turns_by_rule ON turns (rule, waits, due, matter, step);
