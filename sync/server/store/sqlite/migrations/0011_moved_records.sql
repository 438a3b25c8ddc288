-- Whether a record has always stood where it stands is asked for every record that a feed tells of: those that have not are listed.
CREATE TABLE moved_record (
  record BLOB PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO moved_record
  SELECT record FROM membership GROUP BY record HAVING count(*) > 1
  UNION SELECT l.record FROM change_log l WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.record = l.record AND m.scope = l.head_scope)
  UNION SELECT record FROM feed WHERE kind = 3;
