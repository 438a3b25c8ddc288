-- Files that travel by stick (sync.md 8).

-- Laptops that hold a scope of ours, as the county last said: wire/carried.hpp DeviceEntry.
CREATE TABLE device(
  id BLOB PRIMARY KEY,
  entry BLOB NOT NULL
) WITHOUT ROWID;

-- Changes another laptop brought which have not come from the county yet: also here, not yet there. Their
-- rows in `change` are overlay without a hash of ours; the head hash stands here (2.6).
CREATE TABLE peer_change(
  replica INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  hash BLOB NOT NULL,
  device BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY(replica, counter)
) WITHOUT ROWID;

-- Pieces of others' chains, sealed to the county, until it has taken them.
CREATE TABLE carried(
  hash BLOB PRIMARY KEY,
  segment BLOB NOT NULL,
  device BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- Answers of the county that came before the part they follow.
CREATE TABLE parked(
  id BLOB PRIMARY KEY,
  file BLOB NOT NULL,
  missing TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) WITHOUT ROWID;
