-- Counters a lost device gave that never came, and that the office awaits no longer: who closed them, when and why. What comes
-- late all the same is taken like anything else.
CREATE TABLE gap_closing (
  sequence INTEGER PRIMARY KEY,
  device   BLOB    NOT NULL,
  replica  INTEGER NOT NULL,
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  at_ms    INTEGER NOT NULL,
  who      TEXT    NOT NULL,
  reason   TEXT    NOT NULL
);
CREATE INDEX gap_closing_device ON gap_closing (device, sequence);
