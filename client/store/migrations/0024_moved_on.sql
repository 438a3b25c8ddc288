-- Members that left this laptop with all that hangs on them (sync.md 6): the work done for them before is counted at
-- the county alone, and numbers of that time say so. Nothing of them but that they went: the id stays in heads too.
CREATE TABLE moved_on(
  record BLOB PRIMARY KEY,
  scope BLOB NOT NULL,              -- which they left
  at_ms INTEGER NOT NULL            -- when this laptop learnt of it
) WITHOUT ROWID;
