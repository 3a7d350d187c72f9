-- Who holds the role of a turn and is kept back from it by a gate that looks at the person: " p1  p2 ".
ALTER TABLE turns ADD COLUMN barred TEXT NOT NULL DEFAULT '';
