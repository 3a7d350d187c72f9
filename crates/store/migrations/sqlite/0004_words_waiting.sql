-- Texts of matters in the order in which they were kept, the last of a matter counts, until many are
-- taken into the index at once: to change the index for one matter costs as much as the whole step.
CREATE TABLE words_waiting (n INTEGER PRIMARY KEY, place BIGINT NOT NULL, text TEXT NOT NULL);
