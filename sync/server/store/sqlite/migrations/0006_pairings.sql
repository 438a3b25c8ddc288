-- Who is paired with which member, read off the records that say so: the class hardship of the member and of all that hangs on it is
-- for that worker while the pairing is open. `open` = as the feeds were told last, not what the calendar says.
CREATE TABLE pairing (
  id        BLOB PRIMARY KEY,
  member    BLOB NOT NULL,
  worker    BLOB NOT NULL,
  from_date TEXT NOT NULL,
  to_date   TEXT NOT NULL,
  open      INTEGER NOT NULL
);
CREATE INDEX pairing_member ON pairing (member);
CREATE INDEX pairing_worker ON pairing (worker);
-- Workers whose view of the class hardship of a record is the whole of it.
CREATE TABLE shared_with (
  record BLOB NOT NULL,
  worker BLOB NOT NULL,
  PRIMARY KEY (record, worker)
) WITHOUT ROWID;
