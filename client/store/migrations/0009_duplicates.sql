-- One person, several records (sync.md 3.8). Everything here is derived from shown states.

-- What people have said of two records: the same (1), or not (0).
CREATE TABLE alias(
  record BLOB NOT NULL,
  other BLOB NOT NULL,
  same INTEGER NOT NULL,
  PRIMARY KEY(record, other)
) WITHOUT ROWID;
CREATE INDEX alias_other ON alias(other);
-- Records that are one, and the one that stands for all of them; only where there are two or more.
CREATE TABLE cluster(
  record BLOB PRIMARY KEY,
  canonical BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX cluster_of ON cluster(canonical);

-- By what entries may meet: a letter for the kind of key and a hash. `subject` = whom it speaks for: the member of a
-- phone number, else the record.
CREATE TABLE twin_key(
  record BLOB NOT NULL,
  key BLOB NOT NULL,
  subject BLOB NOT NULL,
  PRIMARY KEY(record, key)
) WITHOUT ROWID;
CREATE INDEX twin_meeting ON twin_key(key, subject);
-- Keys that two subjects have had; looked through for pairs.
CREATE TABLE twin_shared(
  key BLOB PRIMARY KEY
) WITHOUT ROWID;
-- Records whose keys are to be made anew: members, phone numbers, deliveries.
CREATE TABLE twin_todo(
  record BLOB PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO twin_todo SELECT id FROM record WHERE kind IN (7, 8, 17);
