-- What an own change had replaced stayed under its old name when a copy's branch was renamed (sync.md 7.2), and no purge
-- and no lost right found it there. Such rows belong to no change of this laptop; the name may be another's by now, of
-- what a second copy of the disk has written. A renamed change has no hash of ours and a name that never was ours.
DELETE FROM before WHERE NOT EXISTS (
  SELECT 1 FROM change c WHERE c.replica = before.replica AND c.counter = before.counter AND (
    c.hash IS NOT NULL OR (c.author = (SELECT value FROM meta WHERE name = 'worker')
      AND c.replica <> (SELECT value FROM meta WHERE name = 'replica')
      AND c.replica NOT IN (SELECT replica FROM old_chain))));
