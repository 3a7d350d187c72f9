-- What a desk shows and counts of a turn's matter and never changes stands with the turn, and whether a role
-- that comes before by name has the same turn: a desk is counted and sorted without reading anything else.
ALTER TABLE turns ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE turns ADD COLUMN opened TEXT NOT NULL DEFAULT '';
ALTER TABLE turns ADD COLUMN repeats BIGINT NOT NULL DEFAULT 0;
UPDATE turns SET
  kind = (SELECT m.kind FROM matters m WHERE m.id = turns.matter),
  opened = (SELECT m.opened FROM matters m WHERE m.id = turns.matter),
  repeats = CASE WHEN EXISTS (
    SELECT 1 FROM turns o
    WHERE o.matter = turns.matter AND o.step = turns.step AND o.each_of = turns.each_of AND o.rule = turns.rule
      AND o.role < turns.role) THEN 1 ELSE 0 END;
DROP INDEX turns_on_desks;
CREATE INDEX turns_on_desks ON turns (role, waits, kind, due, opened, from_date, repeats, barred);
