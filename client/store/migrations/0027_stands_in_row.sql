-- Nearly every record stands in one scope, the one it is shown in: its own row says so, and no tree of pairs is written
-- for each record that comes. membership.hpp says what the column and the table hold.
CREATE TABLE membership_beside(
  record BLOB NOT NULL,
  scope BLOB NOT NULL,
  silent INTEGER NOT NULL,  -- 1 = another scope's page brought the record anew; this scope's feed has nothing to add
  PRIMARY KEY(record, scope)
) WITHOUT ROWID;
ALTER TABLE record ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;  -- 1 = in its scope, 2 = there are pairs beside
INSERT INTO membership_beside SELECT m.record, m.scope, m.silent FROM membership m JOIN record r ON r.id = m.record
  WHERE m.scope <> r.scope OR m.silent <> 0;
UPDATE record SET stands =
  EXISTS (SELECT 1 FROM membership m WHERE m.record = record.id AND m.scope = record.scope AND m.silent = 0)
  + 2 * EXISTS (SELECT 1 FROM membership_beside b WHERE b.record = record.id);
DROP TABLE membership;
CREATE VIEW membership(record, scope, silent) AS
  SELECT id, scope, CAST(0 AS INTEGER) FROM record WHERE stands & 1
  UNION ALL
  SELECT record, scope, silent FROM membership_beside;
