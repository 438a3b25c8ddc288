-- What is still to be sent is asked for at every look at the state of things. Left to itself the planner reads the
-- whole log for each earlier chain there may be: the chains come first.
DROP VIEW unsent;
CREATE VIEW unsent AS
  SELECT c.* FROM meta r CROSS JOIN meta a CROSS JOIN change c
    WHERE r.name = 'replica' AND a.name = 'acknowledged' AND c.replica = r.value AND c.counter > a.value
  UNION ALL
  SELECT c.* FROM old_chain o CROSS JOIN change c
    WHERE c.replica = o.replica AND c.counter > o.acknowledged AND c.counter <= o.counter AND c.hash IS NOT NULL;
-- So is what is kept aside, and what was; in the order of arrival.
DROP INDEX change_kept_aside;
CREATE INDEX change_not_applied ON change(seq, status, record) WHERE status <> 0;
