-- Purges of records, and changes kept by id before their author brought them.
CREATE TABLE purge (
  sequence INTEGER PRIMARY KEY,
  record   BLOB    NOT NULL,
  number   INTEGER NOT NULL,
  fields   BLOB    NOT NULL,   -- two octets each, low first
  at_ms    INTEGER NOT NULL,
  reason   TEXT    NOT NULL,
  UNIQUE (record, number)
);
-- States that feeds tell stand where they were told; a purge finds those of its record.
CREATE INDEX feed_enter ON feed (record) WHERE kind = 3;
-- 1 = another laptop than the author's brought it; the replica's counter does not reach it yet.
ALTER TABLE change_log ADD COLUMN early INTEGER NOT NULL DEFAULT 0;
