-- The tables of ../../sqlite/migrations as they stand today, by the same names. Texts are compared octet by octet, as SQLite does:
-- codes and dates have no language. No sequences and no triggers: numbers of the log are the last one and one more, given by the
-- one who writes.
CREATE TABLE writer (
  one BIGINT PRIMARY KEY
);
INSERT INTO writer VALUES (1);

CREATE TABLE meta (
  name  TEXT COLLATE "C" PRIMARY KEY,
  value BYTEA NOT NULL
);

CREATE TABLE change_log (
  sequence     BIGINT PRIMARY KEY,
  replica      BIGINT NOT NULL,
  counter      BIGINT NOT NULL,
  action       BIGINT NOT NULL,
  record       BYTEA  NOT NULL,
  kind         BIGINT NOT NULL,
  parent       BYTEA  NOT NULL,
  head_scope   BYTEA  NOT NULL,
  privacy      BIGINT NOT NULL,
  author       BYTEA  NOT NULL,
  device       BYTEA  NOT NULL,
  body         BYTEA  NOT NULL,
  body_values  BYTEA  NOT NULL,
  hash         BYTEA  NOT NULL,
  accepted_ms  BIGINT NOT NULL,
  effective_ms BIGINT NOT NULL,
  suspect      BIGINT NOT NULL,
  status       BIGINT NOT NULL,
  reason       TEXT   COLLATE "C" NOT NULL,
  owner        TEXT   COLLATE "C" NOT NULL,
  early        BIGINT NOT NULL DEFAULT 0,
  UNIQUE (replica, counter)
);
CREATE INDEX change_log_record ON change_log (record, sequence, head_scope);
CREATE INDEX change_log_quarantined ON change_log (sequence) WHERE status = 1;

CREATE TABLE record (
  id      BYTEA PRIMARY KEY,
  kind    BIGINT NOT NULL,
  parent  BYTEA  NOT NULL,
  waiting BIGINT NOT NULL
);
CREATE INDEX record_parent ON record (parent);

CREATE TABLE membership (
  scope  BYTEA NOT NULL,
  record BYTEA NOT NULL,
  PRIMARY KEY (scope, record)
);
CREATE INDEX membership_record ON membership (record);

CREATE TABLE state (
  record   BYTEA  NOT NULL,
  privacy  BIGINT NOT NULL,
  audience BYTEA  NOT NULL,
  state    BYTEA  NOT NULL,
  PRIMARY KEY (record, privacy, audience)
);

CREATE TABLE feed (
  scope       BYTEA  NOT NULL,
  privacy     BIGINT NOT NULL,
  audience    BYTEA  NOT NULL,
  position    BIGINT NOT NULL,
  kind        BIGINT NOT NULL,
  replica     BIGINT NOT NULL,
  counter     BIGINT NOT NULL,
  ghosts      BYTEA  NOT NULL,
  record      BYTEA  NOT NULL,
  record_kind BIGINT NOT NULL,
  parent      BYTEA  NOT NULL,
  state       BYTEA  NOT NULL,
  PRIMARY KEY (scope, privacy, audience, position)
);
-- States that feeds tell stand where they were told; a purge finds those of its record.
CREATE INDEX feed_enter ON feed (record) WHERE kind = 3;

CREATE TABLE feed_head (
  scope    BYTEA  NOT NULL,
  privacy  BIGINT NOT NULL,
  audience BYTEA  NOT NULL,
  position BIGINT NOT NULL,
  records  BIGINT NOT NULL,
  digest   BYTEA  NOT NULL,
  PRIMARY KEY (scope, privacy, audience)
);

CREATE TABLE replica (
  replica    BIGINT PRIMARY KEY,
  device     BYTEA  NOT NULL,
  counter    BIGINT NOT NULL,
  hash       BYTEA  NOT NULL,
  fork_of    BIGINT NOT NULL,
  fork_first BIGINT NOT NULL
);

CREATE TABLE device (
  id              BYTEA PRIMARY KEY,
  worker          BYTEA  NOT NULL,
  sign_key        BYTEA  NOT NULL,
  seal_key        BYTEA  NOT NULL,
  replica         BIGINT NOT NULL,
  join_selector   TEXT   COLLATE "C" NOT NULL,
  join_hash       BYTEA  NOT NULL,
  join_expires_ms BIGINT NOT NULL,
  join_tries      BIGINT NOT NULL,
  added_ms        BIGINT NOT NULL,
  enrolled_ms     BIGINT NOT NULL,
  revoked_ms      BIGINT NOT NULL,
  last_number     BIGINT NOT NULL,
  last_seen_ms    BIGINT NOT NULL,
  verdict_number  BIGINT NOT NULL,
  verdict_equal   BIGINT NOT NULL,
  clock_offset_ms BIGINT NOT NULL
);
CREATE INDEX device_selector ON device (join_selector) WHERE join_selector <> '';

CREATE TABLE device_cursor (
  device   BYTEA  NOT NULL,
  scope    BYTEA  NOT NULL,
  privacy  BIGINT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (device, scope, privacy)
);

CREATE TABLE access_grant (
  id        BYTEA PRIMARY KEY,
  worker    BYTEA NOT NULL,
  division  BYTEA NOT NULL,
  role      TEXT  COLLATE "C" NOT NULL,
  from_date TEXT  COLLATE "C" NOT NULL,
  to_date   TEXT  COLLATE "C" NOT NULL
);
CREATE INDEX access_grant_worker ON access_grant (worker);

CREATE TABLE account (
  name          TEXT  COLLATE "C" PRIMARY KEY,
  worker        BYTEA NOT NULL,
  role          TEXT  COLLATE "C" NOT NULL,
  password_hash TEXT  COLLATE "C" NOT NULL
);

CREATE TABLE unit (
  id     BYTEA PRIMARY KEY,
  code   TEXT  COLLATE "C" NOT NULL,
  name   TEXT  COLLATE "C" NOT NULL,
  level  TEXT  COLLATE "C" NOT NULL,
  parent BYTEA NOT NULL
);
CREATE INDEX unit_code ON unit (code);
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_level ON unit (level);

CREATE TABLE audit (
  sequence BIGINT PRIMARY KEY,
  at_ms    BIGINT NOT NULL,
  who      TEXT   COLLATE "C" NOT NULL,
  action   TEXT   COLLATE "C" NOT NULL,
  record   BYTEA  NOT NULL,
  detail   TEXT   COLLATE "C" NOT NULL
);
CREATE INDEX audit_record ON audit (record);

CREATE TABLE purge (
  sequence BIGINT PRIMARY KEY,
  record   BYTEA  NOT NULL,
  number   BIGINT NOT NULL,
  fields   BYTEA  NOT NULL,
  at_ms    BIGINT NOT NULL,
  reason   TEXT   COLLATE "C" NOT NULL,
  UNIQUE (record, number)
);

CREATE TABLE pairing (
  id        BYTEA PRIMARY KEY,
  member    BYTEA  NOT NULL,
  worker    BYTEA  NOT NULL,
  from_date TEXT   COLLATE "C" NOT NULL,
  to_date   TEXT   COLLATE "C" NOT NULL,
  open      BIGINT NOT NULL
);
CREATE INDEX pairing_member ON pairing (member);
CREATE INDEX pairing_worker ON pairing (worker);

CREATE TABLE shared_with (
  record BYTEA NOT NULL,
  worker BYTEA NOT NULL,
  PRIMARY KEY (record, worker)
);

CREATE TABLE gap_closing (
  sequence BIGINT PRIMARY KEY,
  device   BYTEA  NOT NULL,
  replica  BIGINT NOT NULL,
  first    BIGINT NOT NULL,
  last     BIGINT NOT NULL,
  at_ms    BIGINT NOT NULL,
  who      TEXT   COLLATE "C" NOT NULL,
  reason   TEXT   COLLATE "C" NOT NULL
);
CREATE INDEX gap_closing_device ON gap_closing (device, sequence);
