-- Texts that are to be made stand in the order in which their records came: each is written behind the one before it.
-- One record may stand there more than once, and one that is gone by now may stand there still.
CREATE TABLE search_list(
  seq INTEGER PRIMARY KEY,
  record BLOB NOT NULL
);
INSERT INTO search_list(record) SELECT record FROM search_todo;
DROP TABLE search_todo;
ALTER TABLE search_list RENAME TO search_todo;
