-- Keys of hot tables start with scope or replica; ids are 16-byte blobs, replicas and counters 64-bit integers, times ms since 1970.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
);

CREATE TABLE change_log (
  sequence     INTEGER PRIMARY KEY,
  replica      INTEGER NOT NULL,
  counter      INTEGER NOT NULL,
  action       INTEGER NOT NULL,
  record       BLOB    NOT NULL,
  kind         INTEGER NOT NULL,
  parent       BLOB    NOT NULL,
  head_scope   BLOB    NOT NULL,
  privacy      INTEGER NOT NULL,
  author       BLOB    NOT NULL,
  device       BLOB    NOT NULL,
  body         BLOB    NOT NULL,
  body_values  BLOB    NOT NULL,
  hash         BLOB    NOT NULL,
  accepted_ms  INTEGER NOT NULL,
  effective_ms INTEGER NOT NULL,
  suspect      INTEGER NOT NULL,
  status       INTEGER NOT NULL,
  reason       TEXT    NOT NULL,
  owner        TEXT    NOT NULL,
  UNIQUE (replica, counter)
);
CREATE INDEX change_log_record ON change_log (record, sequence);
CREATE INDEX change_log_quarantined ON change_log (sequence) WHERE status = 1;

CREATE TABLE record (
  id      BLOB PRIMARY KEY,
  kind    INTEGER NOT NULL,
  parent  BLOB    NOT NULL,
  waiting INTEGER NOT NULL
);
CREATE INDEX record_parent ON record (parent);

CREATE TABLE membership (
  scope  BLOB NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (scope, record)
);
CREATE INDEX membership_record ON membership (record);

CREATE TABLE state (
  record   BLOB    NOT NULL,
  privacy  INTEGER NOT NULL,
  audience BLOB    NOT NULL,
  state    BLOB    NOT NULL,
  PRIMARY KEY (record, privacy, audience)
);

CREATE TABLE feed (
  scope       BLOB    NOT NULL,
  privacy     INTEGER NOT NULL,
  audience    BLOB    NOT NULL,
  position    INTEGER NOT NULL,
  kind        INTEGER NOT NULL,
  replica     INTEGER NOT NULL,
  counter     INTEGER NOT NULL,
  ghosts      BLOB    NOT NULL,
  record      BLOB    NOT NULL,
  record_kind INTEGER NOT NULL,
  parent      BLOB    NOT NULL,
  state       BLOB    NOT NULL,
  PRIMARY KEY (scope, privacy, audience, position)
);

CREATE TABLE feed_head (
  scope    BLOB    NOT NULL,
  privacy  INTEGER NOT NULL,
  audience BLOB    NOT NULL,
  position INTEGER NOT NULL,
  records  INTEGER NOT NULL,
  digest   BLOB    NOT NULL,
  PRIMARY KEY (scope, privacy, audience)
);

CREATE TABLE replica (
  replica    INTEGER PRIMARY KEY,
  device     BLOB    NOT NULL,
  counter    INTEGER NOT NULL,
  hash       BLOB    NOT NULL,
  fork_of    INTEGER NOT NULL,
  fork_first INTEGER NOT NULL
);

CREATE TABLE device (
  id              BLOB PRIMARY KEY,
  worker          BLOB    NOT NULL,
  sign_key        BLOB    NOT NULL,
  seal_key        BLOB    NOT NULL,
  replica         INTEGER NOT NULL,
  join_selector   TEXT    NOT NULL,
  join_hash       BLOB    NOT NULL,
  join_expires_ms INTEGER NOT NULL,
  join_tries      INTEGER NOT NULL,
  added_ms        INTEGER NOT NULL,
  enrolled_ms     INTEGER NOT NULL,
  revoked_ms      INTEGER NOT NULL,
  last_number     INTEGER NOT NULL,
  last_seen_ms    INTEGER NOT NULL,
  verdict_number  INTEGER NOT NULL,
  verdict_equal   INTEGER NOT NULL,
  clock_offset_ms INTEGER NOT NULL
);
CREATE INDEX device_selector ON device (join_selector) WHERE join_selector <> '';

CREATE TABLE device_cursor (
  device   BLOB    NOT NULL,
  scope    BLOB    NOT NULL,
  privacy  INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (device, scope, privacy)
);

CREATE TABLE access_grant (
  id        BLOB PRIMARY KEY,
  worker    BLOB NOT NULL,
  division  BLOB NOT NULL,
  role      TEXT NOT NULL,
  from_date TEXT NOT NULL,
  to_date   TEXT NOT NULL
);
CREATE INDEX access_grant_worker ON access_grant (worker);

CREATE TABLE account (
  name          TEXT PRIMARY KEY,
  worker        BLOB NOT NULL,
  role          TEXT NOT NULL,
  password_hash TEXT NOT NULL
);

CREATE TABLE unit (
  id     BLOB PRIMARY KEY,
  code   TEXT NOT NULL,
  name   TEXT NOT NULL,
  level  TEXT NOT NULL,
  parent BLOB NOT NULL
);
CREATE INDEX unit_code ON unit (code);
CREATE INDEX unit_parent ON unit (parent);

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at_ms    INTEGER NOT NULL,
  who      TEXT    NOT NULL,
  action   TEXT    NOT NULL,
  record   BLOB    NOT NULL,
  detail   TEXT    NOT NULL
);
CREATE INDEX audit_record ON audit (record);
