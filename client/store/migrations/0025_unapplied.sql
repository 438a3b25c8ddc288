-- A record of which nothing applies yet (512: made by what the county has kept aside) is in no list and counts nowhere.
DROP TRIGGER record_counts_no_more;
CREATE TRIGGER record_counts_no_more AFTER DELETE ON record WHEN old.flags & 707 = 0 BEGIN
  UPDATE kind_count SET counted = counted - 1 WHERE kind = old.kind;
END;
