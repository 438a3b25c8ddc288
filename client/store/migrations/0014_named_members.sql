-- The order of the members' list now also says whose child a row is, so that a search that finds thousands reads one
-- small tree (kind_tables.cpp makes it, as k_member_named).
DROP INDEX IF EXISTS k_member_listed;
