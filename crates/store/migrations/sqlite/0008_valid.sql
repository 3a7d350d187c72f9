-- From when until when an entry of a register is in force, as the rulebook's area names the days.
ALTER TABLE matters ADD COLUMN valid_from TEXT;
ALTER TABLE matters ADD COLUMN valid_until TEXT;
CREATE INDEX matters_valid ON matters (kind, valid_from) WHERE valid_from IS NOT NULL;
