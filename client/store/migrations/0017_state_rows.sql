-- A class state is a kilobyte and more. In a table without rowid what is longer than a quarter of a page goes to a
-- page of its own; here it is written behind the one before it, and a small index finds it.
CREATE TABLE state_rows(
  record BLOB NOT NULL,
  privacy INTEGER NOT NULL,
  base BLOB NOT NULL,               -- empty = the server has nothing of it yet
  shown BLOB,
  UNIQUE(record, privacy)
);
INSERT INTO state_rows SELECT record, privacy, base, shown FROM state;
DROP TABLE state;
ALTER TABLE state_rows RENAME TO state;
