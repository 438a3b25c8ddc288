-- Servers keep in memory what feeds tell, under a mark in `meta` ("rewrites") that every transaction moves which rewrites a
-- feed. A program that does not know the mark would rewrite behind their backs: it may not open this database any more.
COMMENT ON TABLE feed IS 'kept in memory by servers under the mark meta.rewrites';
