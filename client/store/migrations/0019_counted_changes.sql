-- A trigger on the flags of a record made SQLite keep copies of the pages it changed, for each record that comes into
-- dispute: what changes is counted by who writes it as well (kind_count.hpp); removals stay as they are.
DROP TRIGGER record_counts_anew;
