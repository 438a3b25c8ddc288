-- Only what is rare of a kind is looked for by its flags: removed (3), another's record (64, 128), an own approval (256).
-- All others, nearly every record that comes, need no entry in an index of their own.
DROP INDEX record_by_kind;
CREATE INDEX record_rare ON record(kind, flags) WHERE flags & 451 <> 0;
