-- Records that are to be looked at for twins stand in the order in which they came, as texts that are to be made do:
-- ids are random, and a tree in their order is written nearly whole by every commit. One record may stand there more
-- than once, and one that is gone by now may stand there still.
CREATE TABLE twin_list(
  seq INTEGER PRIMARY KEY,
  record BLOB NOT NULL
);
INSERT INTO twin_list(record) SELECT t.record FROM twin_todo t JOIN record r ON r.id = t.record ORDER BY r.number;
DROP TABLE twin_todo;
ALTER TABLE twin_list RENAME TO twin_todo;
