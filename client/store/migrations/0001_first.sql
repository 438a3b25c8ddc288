-- The laptop's database. Ids are 16-byte blobs; the nil id (sixteen zero bytes) as a scope is the reference shelf.
-- Tables of shown values (k_<kind>) are made from the catalogue at every open, not here.

-- Small facts of this store: replica, chain end, hybrid clock, worker, epoch ... (meta.hpp names them).
CREATE TABLE meta(
  name TEXT PRIMARY KEY,
  value NOT NULL
) WITHOUT ROWID;

-- Changes this laptop holds: its own (all of them) and those its feeds brought.
CREATE TABLE change(
  seq INTEGER PRIMARY KEY,          -- order of arrival
  replica INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  action INTEGER NOT NULL,
  record BLOB NOT NULL,
  kind INTEGER NOT NULL,
  privacy INTEGER NOT NULL,
  author BLOB NOT NULL,
  scope BLOB NOT NULL,
  wall_ms INTEGER NOT NULL,
  hlc INTEGER NOT NULL,
  effective_ms INTEGER NOT NULL,
  suspect INTEGER NOT NULL DEFAULT 0,
  cause INTEGER NOT NULL,
  cause_ref BLOB NOT NULL,
  note TEXT NOT NULL,
  body BLOB NOT NULL,               -- canonical bytes
  vals BLOB,                        -- encode_values; NULL = head only (inert)
  hash BLOB,                        -- head hash; NULL = somebody else's
  status INTEGER NOT NULL DEFAULT 0,  -- 0 applied, 1 quarantined, 2 closed
  reason TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  in_overlay INTEGER NOT NULL,      -- 1 = not come back in a feed yet (sync.md 3.10)
  in_base INTEGER NOT NULL,         -- 1 = the base has taken it in
  UNIQUE(replica, counter)
);
CREATE INDEX change_by_record ON change(record);
CREATE INDEX change_in_overlay ON change(record, seq) WHERE in_overlay = 1;
CREATE INDEX change_by_cause ON change(cause_ref) WHERE cause_ref != x'00000000000000000000000000000000';

CREATE INDEX change_kept_aside ON change(record) WHERE status = 1;
-- What an own write replaced, as it was shown: for taking back, and for the conflict desk.
CREATE TABLE before(
  replica INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  field INTEGER NOT NULL,           -- 0 = the change made the record
  element TEXT NOT NULL,
  value TEXT,
  PRIMARY KEY(replica, counter, field, element)
) WITHOUT ROWID;

-- Every record of this laptop. flags: record_row.hpp.
CREATE TABLE record(
  id BLOB PRIMARY KEY,
  kind INTEGER NOT NULL,
  parent BLOB NOT NULL,
  scope BLOB NOT NULL,              -- the one shown; nil = the shelf
  flags INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX record_by_parent ON record(parent) WHERE parent != x'00000000000000000000000000000000';
-- What is counted for the status line is rare.
CREATE INDEX record_marked ON record(flags) WHERE flags & 60 != 0;

-- silent = 1: another scope's page brought the record anew; this scope's feed has nothing to add to it.
CREATE TABLE membership(
  record BLOB NOT NULL,
  scope BLOB NOT NULL,
  silent INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(record, scope)
) WITHOUT ROWID;
CREATE INDEX membership_by_scope ON membership(scope, record);

-- Class states: as the server's feeds have them, and as shown here (NULL = the same).
CREATE TABLE state(
  record BLOB NOT NULL,
  privacy INTEGER NOT NULL,
  base BLOB NOT NULL,               -- empty = the server has nothing of it yet
  shown BLOB,
  PRIMARY KEY(record, privacy)
) WITHOUT ROWID;

-- Where each feed has been read to; a half-loaded snapshot goes on after `snapshot_after`.
CREATE TABLE cursor(
  scope BLOB NOT NULL,
  privacy INTEGER NOT NULL,
  position INTEGER NOT NULL,
  snapshot_to INTEGER NOT NULL DEFAULT 0,
  snapshot_after BLOB,
  PRIMARY KEY(scope, privacy)
) WITHOUT ROWID;
CREATE TABLE digest(
  scope BLOB NOT NULL,
  privacy INTEGER NOT NULL,
  records INTEGER NOT NULL,
  digest BLOB NOT NULL,
  PRIMARY KEY(scope, privacy)
) WITHOUT ROWID;
-- Scopes this laptop may hold, a bit per class; the shelf is among them.
CREATE TABLE held(
  scope BLOB PRIMARY KEY,
  code TEXT NOT NULL,
  classes INTEGER NOT NULL
) WITHOUT ROWID;
-- Greatest counter of each replica that came in a feed: what is not here and below it is dead, not missing.
CREATE TABLE known(
  replica INTEGER PRIMARY KEY,
  counter INTEGER NOT NULL
);

-- Derived from shown states: elements of sets, conflicts, search texts.
CREATE TABLE element(
  record BLOB NOT NULL,
  field INTEGER NOT NULL,
  element TEXT NOT NULL,
  kind INTEGER NOT NULL,
  PRIMARY KEY(record, field, element)
) WITHOUT ROWID;
CREATE INDEX element_holds ON element(kind, field, element);
CREATE TABLE conflict(
  id TEXT PRIMARY KEY,
  record BLOB NOT NULL,
  place INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conflict_by_record ON conflict(record);
CREATE TABLE search(
  record BLOB PRIMARY KEY,
  subject BLOB NOT NULL,            -- whom the text finds: the member of a phone number, else the record
  text TEXT                         -- NULL = to be made at the next search
);
CREATE INDEX search_to_make ON search(record) WHERE text IS NULL;

CREATE TABLE postponed(
  conflict TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL
) WITHOUT ROWID;
-- Own values that lost, until looked at.
CREATE TABLE told(
  id TEXT PRIMARY KEY,
  record BLOB NOT NULL,
  field INTEGER NOT NULL,
  element TEXT NOT NULL,
  mine TEXT,
  by_replica INTEGER NOT NULL,
  by_counter INTEGER NOT NULL,
  by_author BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  note TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX told_by_record ON told(record);

CREATE TABLE draft(
  id BLOB PRIMARY KEY,
  form TEXT NOT NULL,
  subject BLOB NOT NULL,
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  shown_token TEXT NOT NULL,
  saved_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX draft_of ON draft(form, subject);
CREATE INDEX draft_subject ON draft(subject);
CREATE TABLE setting(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE past_sync(
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  summary TEXT NOT NULL
);
