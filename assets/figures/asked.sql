-- What is asked, the units it covers and who stands for whom: temporary tables, filled by fill.sql for each question.
CREATE TEMP TABLE asked(
  scope TEXT, from_day TEXT, as_of TEXT, current_divisions INTEGER,
  month TEXT, m_from TEXT, quarter TEXT, q_from TEXT, year TEXT,
  half_ago TEXT, year_ago TEXT, -- the same day six months and a year before, cut to the month's last day
  mobile_months INTEGER, contact_days INTEGER, abroad_days INTEGER, lost_months INTEGER, failed_attempts INTEGER,
  certificate_months INTEGER, close_day INTEGER, meeting_unit TEXT, resend_once INTEGER, family_study INTEGER, by_leaving INTEGER);
-- What these tables were filled for; the same question again finds them as they are.
CREATE TEMP TABLE filled_for(question TEXT);
CREATE TEMP TABLE scope_unit(id TEXT PRIMARY KEY) WITHOUT ROWID;
-- `counts` = it is neither voided nor deleted itself, so what it says holds for the one that stands.
CREATE TEMP TABLE same(id TEXT PRIMARY KEY, stands TEXT, counts INTEGER) WITHOUT ROWID;
-- Of records of members who are on the register no more, the day that was said of their standing (client/store/gone_members.hpp).
CREATE TEMP TABLE said_gone(record TEXT PRIMARY KEY, on_day TEXT) WITHOUT ROWID;
CREATE TEMP TABLE anybody(id TEXT PRIMARY KEY, village TEXT, standing TEXT, here INTEGER) WITHOUT ROWID;
CREATE TEMP VIEW person AS SELECT * FROM anybody WHERE here;
CREATE TEMP TABLE any_episode(
  id TEXT PRIMARY KEY, member TEXT, here INTEGER, left_at TEXT, began TEXT, is_verified INTEGER, is_open INTEGER,
  months_on TEXT, certificate_on TEXT) WITHOUT ROWID;
CREATE INDEX temp.any_episode_by_member ON any_episode(member);
CREATE TEMP VIEW episode AS SELECT * FROM any_episode WHERE here;
CREATE TEMP TABLE any_mobile(id TEXT PRIMARY KEY, village TEXT, here INTEGER, episode TEXT) WITHOUT ROWID;
CREATE TEMP VIEW mobile AS SELECT * FROM any_mobile WHERE here;
-- Verified, then changed (row 11); filled when asked for.
CREATE TEMP TABLE changed_since(member TEXT PRIMARY KEY) WITHOUT ROWID;
-- Of each member the day the oldest item was written that nobody has verified since (row 33); the same.
CREATE TEMP TABLE unverified_since(member TEXT PRIMARY KEY, since TEXT) WITHOUT ROWID;
-- Entered in the national register, then changed (row 26); the same.
CREATE TEMP TABLE changed_since_entry(episode TEXT PRIMARY KEY) WITHOUT ROWID;
-- Destinations written over (F8), filled by client/report/destination_changes.cpp.
CREATE TEMP TABLE destination_change(member TEXT, episode TEXT, before TEXT, after TEXT, on_day TEXT, worker TEXT);
CREATE TEMP TABLE reached(member TEXT, on_day TEXT, is_self INTEGER, source TEXT);
CREATE INDEX temp.reached_by_member ON reached(member, on_day);
-- What many rows ask of each member, read once for a question: open pairings, days on which he was tried in vain, last days of word.
CREATE TEMP TABLE paired(member TEXT, worker TEXT, id TEXT, PRIMARY KEY(member, id)) WITHOUT ROWID;
CREATE TEMP TABLE last_self(member TEXT PRIMARY KEY, on_day TEXT) WITHOUT ROWID;
CREATE TEMP TABLE last_any(member TEXT PRIMARY KEY, on_day TEXT) WITHOUT ROWID;
CREATE TEMP TABLE last_known(member TEXT PRIMARY KEY, on_day TEXT) WITHOUT ROWID;
CREATE TEMP TABLE failed(member TEXT, on_day TEXT, PRIMARY KEY(member, on_day)) WITHOUT ROWID;
CREATE TEMP TABLE last_word(member TEXT PRIMARY KEY, on_day TEXT) WITHOUT ROWID;
