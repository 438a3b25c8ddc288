-- A search text is written once it is made; what is to be made anew stands apart, so that a record that comes
-- touches one tree.
CREATE TABLE search_todo(
  record BLOB PRIMARY KEY
) WITHOUT ROWID;
INSERT INTO search_todo SELECT record FROM search WHERE text IS NULL;
CREATE TABLE search_made(
  record BLOB PRIMARY KEY,
  subject BLOB NOT NULL,            -- whom the text finds: the member of a phone number, else the record
  text TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO search_made SELECT record, subject, text FROM search WHERE text IS NOT NULL;
DROP TABLE search;
ALTER TABLE search_made RENAME TO search;

-- Children are asked for by kind; what counts of a kind is counted without reading its rows.
DROP INDEX record_by_parent;
CREATE INDEX record_by_parent ON record(parent, kind) WHERE parent != x'00000000000000000000000000000000';
CREATE INDEX record_by_kind ON record(kind, flags);
