-- A server that was restored without its list of purges takes them from whoever can show its signature (sync.md 11).
ALTER TABLE purge ADD COLUMN proof BLOB;                        -- NULL = told by a server that gave none
ALTER TABLE purge ADD COLUMN to_show INTEGER NOT NULL DEFAULT 0;  -- 1 = the server has begun another life since
