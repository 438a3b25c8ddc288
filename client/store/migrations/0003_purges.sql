-- Purges the server has told (sync.md 11): whatever comes later and held a lower number loses these fields.
CREATE TABLE purge(
  record BLOB NOT NULL,
  number INTEGER NOT NULL,
  fields BLOB NOT NULL,             -- two octets each, low first
  PRIMARY KEY(record, number)
) WITHOUT ROWID;
-- Other people's changes, kept to be offered to a server that was restored from a backup (7.1).
CREATE TABLE offer(
  replica INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  body BLOB NOT NULL,
  vals BLOB NOT NULL,
  effective_ms INTEGER NOT NULL,
  suspect INTEGER NOT NULL,
  lacking INTEGER NOT NULL DEFAULT 0,  -- 1 = the server has said that it lacks it
  PRIMARY KEY(replica, counter)
) WITHOUT ROWID;
-- What the office decided about own changes it had kept aside, until looked at.
CREATE TABLE decided(
  replica INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  record BLOB NOT NULL,
  accepted INTEGER NOT NULL,
  reason TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY(replica, counter)
) WITHOUT ROWID;
