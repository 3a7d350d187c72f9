-- With every column that a desk is filtered and sorted by, so that only the turns shown are read.
DROP INDEX turns_of_role;
CREATE INDEX turns_on_desks ON turns (role, from_date, due, waits, matter, step, each_of, rule);
