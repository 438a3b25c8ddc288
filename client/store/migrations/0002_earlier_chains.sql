-- Chains of this laptop's earlier replicas (sync.md 7.2). Nothing is written under them any more; what the server
-- does not keep yet is still sent as it is.
CREATE TABLE old_chain(
  replica INTEGER PRIMARY KEY,
  counter INTEGER NOT NULL,           -- last change of it
  hash BLOB NOT NULL,
  acknowledged INTEGER NOT NULL,
  base_counter INTEGER NOT NULL,      -- the change before the first one still here, and its hash (NULL = not known)
  base_hash BLOB
);

-- Own changes the server is not known to keep. (What another laptop wrote under an earlier name of this one, a copied
-- folder's twin, has no hash here.)
CREATE VIEW unsent AS
  SELECT c.* FROM meta r JOIN meta a ON a.name = 'acknowledged'
    JOIN change c ON c.replica = r.value AND c.counter > a.value
    WHERE r.name = 'replica'
  UNION ALL
  SELECT c.* FROM old_chain o JOIN change c ON c.replica = o.replica AND c.counter > o.acknowledged
      AND c.counter <= o.counter AND c.hash IS NOT NULL;
