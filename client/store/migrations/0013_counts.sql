-- How many records of a kind count: neither voided, deleted (3), nor standing behind another one (64, 128). Lists
-- say it at every look, and 300,000 entries of an index take 30 ms to count. Kept here by the database itself, so
-- that no way of writing can pass it by.
CREATE TABLE kind_count(
  kind INTEGER PRIMARY KEY,
  counted INTEGER NOT NULL
);
INSERT INTO kind_count SELECT kind, count(*) FROM record WHERE flags & 195 = 0 GROUP BY kind;
-- No ON CONFLICT in here: that of the statement which sets a trigger off would hold instead.
CREATE TRIGGER record_counts AFTER INSERT ON record WHEN new.flags & 195 = 0 BEGIN
  INSERT INTO kind_count SELECT new.kind, 0 WHERE NOT EXISTS (SELECT 1 FROM kind_count WHERE kind = new.kind);
  UPDATE kind_count SET counted = counted + 1 WHERE kind = new.kind;
END;
CREATE TRIGGER record_counts_no_more AFTER DELETE ON record WHEN old.flags & 195 = 0 BEGIN
  UPDATE kind_count SET counted = counted - 1 WHERE kind = old.kind;
END;
CREATE TRIGGER record_counts_anew AFTER UPDATE OF kind, flags ON record
WHEN new.kind <> old.kind OR (new.flags & 195 = 0) <> (old.flags & 195 = 0) BEGIN
  UPDATE kind_count SET counted = counted - (old.flags & 195 = 0) WHERE kind = old.kind;
  INSERT INTO kind_count SELECT new.kind, 0 WHERE NOT EXISTS (SELECT 1 FROM kind_count WHERE kind = new.kind);
  UPDATE kind_count SET counted = counted + (new.flags & 195 = 0) WHERE kind = new.kind;
END;
