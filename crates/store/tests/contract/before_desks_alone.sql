DROP TABLE mails;
DROP INDEX matters_closed;
DROP INDEX matters_valid_from;
DROP INDEX turns_on_desks;
ALTER TABLE turns DROP COLUMN kind;
ALTER TABLE turns DROP COLUMN opened;
ALTER TABLE turns DROP COLUMN repeats;
CREATE INDEX turns_on_desks ON turns (role, from_date, due, waits);
DELETE FROM migrations WHERE number >= 9;
