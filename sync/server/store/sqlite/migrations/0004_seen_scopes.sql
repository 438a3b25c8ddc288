-- Whether a record was ever written of in another scope is asked for every record that a feed tells of.
DROP INDEX change_log_record;
CREATE INDEX change_log_record ON change_log (record, sequence, head_scope);
