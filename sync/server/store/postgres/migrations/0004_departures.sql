-- When a record left a scope is asked for each late change about it.
CREATE INDEX feed_evict ON feed (record) WHERE kind = 4;
