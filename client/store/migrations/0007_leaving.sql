-- What remains of own values when their record has left this laptop (sync.md 6.3): sealed to the server, kept until
-- the server reports a verified backup above them, at least 90 days.
CREATE TABLE sealed(
  replica INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  vals BLOB NOT NULL,               -- encode_values, sealed to the server's key; empty = not needed any more
  at_ms INTEGER NOT NULL,
  PRIMARY KEY(replica, counter)
) WITHOUT ROWID;
-- What this laptop has still to state to the server: that it has taken the evictions of a scope up to a position
-- (0 = the scope ended), and how far its own chain went then (4.3).
CREATE TABLE stated(
  scope BLOB PRIMARY KEY,
  position INTEGER NOT NULL,
  replica INTEGER NOT NULL,
  counter INTEGER NOT NULL
) WITHOUT ROWID;
