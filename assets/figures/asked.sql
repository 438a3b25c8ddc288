-- What is asked, the units it covers and who stands for whom: temporary tables, filled by fill.sql for each question.
CREATE TEMP TABLE asked(
  scope TEXT, from_day TEXT, as_of TEXT, current_divisions INTEGER,
  month TEXT, m_from TEXT, quarter TEXT, q_from TEXT, year TEXT,
  mobile_months INTEGER, contact_days INTEGER, failed_attempts INTEGER, certificate_months INTEGER,
  resend_once INTEGER, family_study INTEGER);
CREATE TEMP TABLE scope_unit(id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE same(id TEXT PRIMARY KEY, stands TEXT) WITHOUT ROWID;
CREATE TEMP TABLE person(id TEXT PRIMARY KEY, village TEXT, standing TEXT) WITHOUT ROWID;
CREATE TEMP TABLE episode(
  id TEXT PRIMARY KEY, member TEXT, left_at TEXT, is_verified INTEGER, is_open INTEGER,
  months_on TEXT, certificate_on TEXT) WITHOUT ROWID;
CREATE TEMP TABLE mobile(id TEXT PRIMARY KEY, village TEXT, episode TEXT) WITHOUT ROWID;
CREATE TEMP TABLE reached(member TEXT, on_day TEXT, is_self INTEGER, source TEXT);
CREATE INDEX temp.reached_by_member ON reached(member, on_day);
