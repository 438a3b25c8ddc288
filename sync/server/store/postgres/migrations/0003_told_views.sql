-- In which feeds of hardship and notes, of which workers have views, a record was ever told of.
CREATE INDEX feed_told ON feed (record, privacy) WHERE privacy >= 3;
