-- Ids are random: each tree in their order has its pages all over the place, and every commit writes nearly all of
-- them. So records are numbered as they come, one small index finds the number of an id, and what is kept of a record
-- lies by its number: states here, rows of kinds in k_<kind> (kind_tables.hpp).
CREATE TABLE record_rows(
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  kind INTEGER NOT NULL,
  parent BLOB NOT NULL,
  scope BLOB NOT NULL,              -- the one shown; nil = the shelf
  flags INTEGER NOT NULL DEFAULT 0,  -- record_row.hpp
  stands INTEGER NOT NULL DEFAULT 0  -- membership.hpp
);
INSERT INTO record_rows(id, kind, parent, scope, flags, stands)
  SELECT r.id, r.kind, r.parent, r.scope, r.flags, r.stands
    FROM record r LEFT JOIN (SELECT record, min(rowid) AS first FROM state GROUP BY record) s ON s.record = r.id
    ORDER BY s.first;
-- Class states: as the server's feeds have them, and as shown here.
CREATE TABLE state_rows(
  place INTEGER PRIMARY KEY,        -- 256 * number of the record + class
  base BLOB NOT NULL,               -- empty = the server has nothing of it yet
  shown BLOB                        -- NULL = the same
);
INSERT INTO state_rows
  SELECT 256 * r.number + s.privacy, s.base, s.shown FROM record_rows r JOIN state s ON s.record = r.id ORDER BY 1;
DROP VIEW membership;
DROP TABLE state;
DROP TABLE record;
ALTER TABLE state_rows RENAME TO state;
ALTER TABLE record_rows RENAME TO record;
CREATE INDEX record_by_parent ON record(parent, kind) WHERE parent != x'00000000000000000000000000000000';
CREATE INDEX record_marked ON record(flags) WHERE flags & 60 != 0;
CREATE INDEX record_rare ON record(kind, flags) WHERE flags & 451 <> 0;
CREATE TRIGGER record_counts_no_more AFTER DELETE ON record WHEN old.flags & 707 = 0 BEGIN
  UPDATE kind_count SET counted = counted - 1 WHERE kind = old.kind;
END;
CREATE VIEW class_state AS
  SELECT r.id AS record, s.place & 255 AS privacy, s.base, s.shown
    FROM record r JOIN state s ON s.place BETWEEN 256 * r.number AND 256 * r.number + 255;
CREATE VIEW membership(record, scope, silent) AS
  SELECT id, scope, CAST(0 AS INTEGER) FROM record WHERE stands & 1
  UNION ALL
  SELECT record, scope, silent FROM membership_beside;
