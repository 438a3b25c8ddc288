-- What several figures and forms read, over the tables of asked.sql and the views live_<kind>.
-- Members on the day: whom the branches still count.
CREATE TEMP VIEW member AS
SELECT m.*, p.village FROM all_member m JOIN person p ON p.id = m.id WHERE p.standing IN ('normal', 'kept', 'restored', 'stopped');

-- What hangs on members on the day: telephones that are neither ended nor known to be wrong, certificates, files of hardship that
-- are recognised and not closed, places in a group, and those who left and who came here. A person has one file, left once and came
-- once, also where both records of one entered twice say so (domain.md 5.1): the first one stands, as it does for `mobile`.
CREATE TEMP VIEW contact_now AS
SELECT c.* FROM all_contact_point c, asked WHERE coalesce(c."from", '') <= as_of AND (c."to" IS NULL OR c."to" > as_of)
  AND coalesce(c.valid, 'ok') NOT IN ('wrong', 'dead');
CREATE TEMP VIEW certificate_now AS
SELECT c.* FROM all_certificate c, asked WHERE coalesce(c.issued_on, '') <= as_of
  AND (c.returned_on > as_of OR (c.returned_on IS NULL AND c.state IN ('issued', 'checked_in', 'valid'))) AND c.state <> 'void';
CREATE TEMP VIEW hardship_file AS
SELECT h.*, m.village FROM all_hardship_record h JOIN member m ON m.id = h.member_id, asked
WHERE h.recognised_on <= as_of AND (h.relieved_on > as_of OR (h.relieved_on IS NULL AND coalesce(h.active, 1)));
CREATE TEMP VIEW hardship_now AS
SELECT * FROM hardship_file WHERE id IN (SELECT min(id) FROM hardship_file GROUP BY member_id);
CREATE TEMP VIEW in_group AS
SELECT DISTINCT g.member_id AS member FROM all_contact_group_member g JOIN group_now n ON n.id = g.group_id, asked
WHERE coalesce(g."from", '') <= as_of AND (g."to" IS NULL OR g."to" > as_of);
CREATE TEMP VIEW inflow AS
SELECT e.*, m.village FROM all_mobility_episode e JOIN member m ON m.id = e.member_id, asked
WHERE e.direction = 'in' AND coalesce(e.end_kind, '') <> 'error' AND coalesce(e.returned_on > as_of, coalesce(e.state, '') <> 'ended')
  AND substr(coalesce(e.checked_in_on, e.left_on, ''), 1, 10) <= as_of;
CREATE TEMP VIEW inflow_now AS
SELECT * FROM inflow WHERE id IN (SELECT min(id) FROM inflow GROUP BY member_id);
-- Of a mobile member the outflow that makes him one.
CREATE TEMP VIEW outflow_now AS
SELECT m.id AS member, m.village, coalesce(p.episode, min(e.id)) AS episode
FROM member m JOIN episode e ON e.member = m.id LEFT JOIN mobile p ON p.id = m.id WHERE e.is_open GROUP BY m.id;

-- Units of a level that exist on the day; "to" is the last one they do.
CREATE TEMP VIEW level_unit AS
SELECT u.id, u.name, u.parent_id, CASE WHEN u.kind IN ('village', 'community') THEN 'village'
    WHEN u.kind IN ('township', 'street') THEN 'township' ELSE u.kind END AS level
FROM live_org_unit u, asked
WHERE u.id IN (SELECT id FROM scope_unit) AND coalesce(u."from", '') <= as_of AND (u."to" IS NULL OR u."to" >= as_of);

-- Outflows that last, verified, of members whose affiliation nobody has taken since: mobile after some months (fill.sql), due for
-- a certificate after others (row 32).
CREATE TEMP VIEW any_untransferred AS
SELECT e.*, p.village FROM any_episode e JOIN anybody p ON p.id = e.member, asked
WHERE p.standing IN ('normal', 'kept', 'restored', 'stopped') AND e.is_open AND e.is_verified
  AND NOT EXISTS (SELECT 1 FROM transfer_out t WHERE t.member = e.member AND t.on_day BETWEEN e.began AND as_of);
CREATE TEMP VIEW untransferred AS SELECT * FROM any_untransferred WHERE here;

-- One open pairing and more, by member. A liaison who has left the work is none: a gap until somebody is named (row 30).
CREATE TEMP VIEW open_pairing AS
SELECT l.member_id AS member, l.worker_id AS worker, l.id
FROM all_liaison_assignment l JOIN person p ON p.id = l.member_id LEFT JOIN all_worker w ON w.id = l.worker_id, asked
WHERE coalesce(l."from", '') <= as_of AND (l."to" IS NULL OR l."to" > as_of) AND (w."to" IS NULL OR w."to" > as_of);

-- Where the mobile members are. The views abroad_episode, parcel_result and transfer_out follow rules that duties share:
-- client/store/read_alike.hpp.
CREATE TEMP VIEW outflow_range AS
SELECT m.id, m.village, m.episode, CASE WHEN m.episode IN (SELECT id FROM abroad_episode) THEN 'abroad'
    WHEN f.dest_division IS NULL OR f.dest_division = 'unknown' THEN 'unknown'
    WHEN substr(f.dest_division, 1, 6) = substr(u.code, 1, 6) THEN 'same_county'
    WHEN substr(f.dest_division, 1, 4) = substr(u.code, 1, 4) THEN 'same_city'
    WHEN substr(f.dest_division, 1, 2) = substr(u.code, 1, 2) THEN 'same_province' ELSE 'other_province' END AS range
FROM mobile m JOIN all_mobility_episode f ON f.id = m.episode LEFT JOIN all_org_unit u ON u.id = m.village;

-- Where an outflow led, as forms say it: a division, 'abroad' where none is written, else 'unknown' (row 22).
CREATE TEMP VIEW outflow_place AS
SELECT id, CASE WHEN coalesce(dest_division, 'unknown') <> 'unknown' THEN dest_division
    WHEN id IN (SELECT id FROM abroad_episode) THEN 'abroad' ELSE 'unknown' END AS place
FROM all_mobility_episode;

-- Since when a mobile member must have been reached: abroad it is the longer interval.
CREATE TEMP VIEW contact_due AS
SELECT m.id AS member, m.episode IN (SELECT id FROM abroad_episode) AS is_abroad,
  date(as_of, '-' || CASE WHEN m.episode IN (SELECT id FROM abroad_episode) THEN abroad_days ELSE contact_days END || ' days') AS since
FROM mobile m, asked;

-- Days on which something new or the same as before was heard of a member (rows 16, 27). K1: what has a day of its own; the moment
-- of typing is none.
CREATE TEMP VIEW word_of_member AS
SELECT member, on_day FROM (
  SELECT member, on_day FROM reached
  UNION ALL SELECT member_id, occurred_on FROM all_quarter_refresh
  UNION ALL SELECT member_id, occurred_on FROM all_survey_answer
  UNION ALL SELECT member_id, coalesce(decided_on, occurred_on) FROM all_correction WHERE state = 'accepted'
  UNION ALL SELECT member_id, "from" FROM all_contact_point UNION ALL SELECT member_id, "to" FROM all_contact_point
  UNION ALL SELECT member_id, verified_on FROM all_contact_point
  UNION ALL SELECT member_id, left_on FROM all_mobility_episode WHERE length(left_on) = 10
  UNION ALL SELECT member_id, checked_in_on FROM all_mobility_episode UNION ALL SELECT member_id, returned_on FROM all_mobility_episode
  UNION ALL SELECT member_id, "from" FROM all_liaison_assignment), asked
WHERE on_day <= as_of;

-- The same of his card (row 16): a roster that was taken in changed it on the day which the import says. It tells when the list came,
-- not when somebody heard of him, so it is no word of his (row 27).
CREATE TEMP VIEW last_card AS
SELECT member, on_day FROM last_word
UNION ALL
SELECT r.record_id, b.imported_on FROM all_import_row r JOIN all_import_batch b ON b.id = r.batch_id, asked
WHERE r.record_id IS NOT NULL AND r.outcome IN ('accepted', 'merged') AND b.imported_on <= as_of
  AND (b.undone_on IS NULL OR b.undone_on > as_of);

-- Who is out of contact (rows 23, F2): marked so, or so many months of silence that somebody knows of. Silence begins when he
-- or his family was last reached or he last took part; where that never was, when he was first tried in vain. Abroad the
-- interval is half a year by itself. The duty of today follows the same rule: client/view/due.cpp, client/store/member_contacts.cpp.
CREATE TEMP VIEW silent_contact AS
SELECT m.id AS member, m.episode, coalesce(k.on_day, (SELECT min(f.on_day) FROM failed f WHERE f.member = m.id)) AS since
FROM mobile m LEFT JOIN last_known k ON k.member = m.id;
CREATE TEMP VIEW lost_contact AS
SELECT m.member FROM silent_contact m, asked
WHERE m.member IN (SELECT id FROM all_member WHERE out_of_contact_since IS NOT NULL)
  OR m.member IN (SELECT f.member_id FROM all_mobility_episode f JOIN episode e ON e.id = f.id WHERE e.is_open AND f.link_status = 'lost')
  OR (m.episode NOT IN (SELECT id FROM abroad_episode)
    AND min(date(m.since, '+' || lost_months || ' months'),
      date(m.since, 'start of month', '+' || (lost_months + 1) || ' months', '-1 day')) <= as_of);

-- Failed attempts by day, calls and doors.
CREATE TEMP VIEW failed_attempt AS
SELECT member_id AS member, occurred_on AS on_day FROM all_contact_attempt
WHERE outcome IN ('no_answer', 'switched_off', 'dead_number', 'wrong_person', 'refused')
  AND coalesce(channel, '') NOT IN ('dest_org', 'employer') AND member_id IS NOT NULL
UNION
SELECT m.element, v.occurred_on FROM all_visit v JOIN visit_members m ON m.id = v.id
WHERE v.outcome IN ('nobody', 'refused', 'moved', 'wrong_address');

-- Visits are made to a person; by telephone and picture he is called (row 10, F7). Talks: row 34.
CREATE TEMP VIEW met_visit AS
SELECT v.* FROM live_visit v, asked
WHERE v.occurred_on BETWEEN from_day AND as_of AND v.outcome IN ('met', 'met_family') AND v.mode IN ('door', 'venue', 'workplace');
CREATE TEMP VIEW any_talk AS
SELECT v.id, v.in_unit, v.here, (SELECT count(*) FROM visit_members m WHERE m.id = v.id) AS persons, 'visit' AS kind
FROM all_visit v, asked WHERE v.occurred_on BETWEEN from_day AND as_of AND v.outcome = 'met'
  AND EXISTS (SELECT 1 FROM visit_purposes p WHERE p.id = v.id AND p.element = 'talk')
UNION ALL
SELECT c.id, c.in_unit, c.here, 1, 'call' FROM all_contact_attempt c, asked
WHERE c.occurred_on BETWEEN from_day AND as_of AND c.outcome = 'reached_self' AND coalesce(c.channel, '') NOT IN ('dest_org', 'employer')
  AND EXISTS (SELECT 1 FROM contact_attempt_topics t WHERE t.id = c.id AND t.element IN ('thought', 'work', 'life'));
CREATE TEMP VIEW talk AS SELECT * FROM any_talk WHERE here;

-- What was written of a visit: where the record that stands says nothing, another one of the same visit does (F4).
CREATE TEMP VIEW visit_words AS
WITH twin AS (
  SELECT c.canonical AS stands, k.* FROM cluster c JOIN k_visit k ON k.r_id = c.record
  WHERE c.record <> c.canonical AND k.r_flags & 3 = 0)
SELECT k.r_id AS record,
  coalesce(k.content, (SELECT t.content FROM twin t WHERE t.stands = k.r_id AND t.content IS NOT NULL ORDER BY t.r_id LIMIT 1)) AS content,
  coalesce(k.talk_thought, (SELECT t.talk_thought FROM twin t WHERE t.stands = k.r_id AND t.talk_thought IS NOT NULL ORDER BY t.r_id LIMIT 1)) AS talk_thought,
  coalesce(k.talk_work, (SELECT t.talk_work FROM twin t WHERE t.stands = k.r_id AND t.talk_work IS NOT NULL ORDER BY t.r_id LIMIT 1)) AS talk_work,
  coalesce(k.talk_life, (SELECT t.talk_life FROM twin t WHERE t.stands = k.r_id AND t.talk_life IS NOT NULL ORDER BY t.r_id LIMIT 1)) AS talk_life
FROM k_visit k;

-- Study delivered to the door: who met whom decides, a door where nobody was is an attempt (row 45).
CREATE TEMP VIEW study_visit AS SELECT * FROM any_study_visit WHERE here;
CREATE TEMP VIEW any_study_visit AS
SELECT v.* FROM all_visit v, asked
WHERE v.occurred_on BETWEEN from_day AND as_of AND v.mode IN ('door', 'workplace')
  AND (v.outcome = 'met' OR (v.outcome = 'met_family' AND family_study))
  AND EXISTS (SELECT 1 FROM visit_purposes p WHERE p.id = v.id AND p.element = 'study');

-- Somebody was there, once at each meeting; late is present. Whose meeting it was says the activity.
CREATE TEMP VIEW present AS
SELECT t.* FROM all_attendance t WHERE t.status IN ('present', 'late')
  AND NOT EXISTS (SELECT 1 FROM all_attendance o WHERE o.activity_id = t.activity_id AND o.member_id = t.member_id
    AND o.status IN ('present', 'late') AND o.id < t.id);
-- A line for each who signed in (F12): that he was there goes before that he was excused, that before absent.
CREATE TEMP VIEW signed AS
SELECT *, CASE WHEN status IN ('present', 'late') THEN 0 WHEN status = 'absent' THEN 2 ELSE 1 END AS place FROM all_attendance;
CREATE TEMP VIEW signed_in AS
SELECT t.* FROM signed t WHERE NOT EXISTS (SELECT 1 FROM signed o WHERE o.activity_id = t.activity_id AND o.member_id = t.member_id
  AND (o.place < t.place OR (o.place = t.place AND o.id < t.id)));

-- Meetings at which something is learned (row 1); of one held elsewhere a laptop may know no more than the kind signed in.
CREATE TEMP VIEW learned AS
SELECT t.member_id, t.occurred_on FROM present t LEFT JOIN all_activity a ON a.id = t.activity_id
WHERE coalesce(a.kind, t.activity_kind) IN ('topic_meeting', 'theme_day', 'branch_meeting', 'committee', 'group_meeting', 'lecture',
  'school', 'film', 'skill', 'training');

-- Whoever was there or earned points took part (row 63).
CREATE TEMP VIEW took_part AS
SELECT member_id, occurred_on FROM present WHERE member_id IS NOT NULL
UNION ALL
SELECT member_id, occurred_on FROM all_points_entry WHERE state = 'approved';

-- Parcels that went out in the period, whole: the day is that of dispatch, or of the hand that took it.
CREATE TEMP VIEW ever_sent AS
SELECT d.*, coalesce(d.dispatched_on, d.received_on) AS sent_on FROM all_delivery d, asked
WHERE coalesce(d.dispatched_on, d.received_on) <= as_of
  AND NOT EXISTS (SELECT 1 FROM all_delivery_event e WHERE e.delivery_id = d.id AND e.kind = 'cancelled');
CREATE TEMP VIEW sent_delivery AS SELECT d.* FROM ever_sent d, asked WHERE d.here AND d.sent_on >= from_day;
-- is_again: sent after another that went out and counts; one whose first parcel was voided or never sent counts itself.
CREATE TEMP VIEW any_sent_line AS
SELECT l.id, l.qty, d.id AS delivery, d.mode, d.resend_of, d.sent_on, m.kind, l.material_id, d.member_id, d.to_org_id, d.here,
  d.resend_of IS NOT NULL AND d.resend_of IN (SELECT id FROM ever_sent) AS is_again
FROM ever_sent d JOIN all_delivery_line l ON l.delivery_id = d.id JOIN all_material m ON m.id = l.material_id, asked
WHERE d.sent_on >= from_day;
CREATE TEMP VIEW sent_line AS SELECT * FROM any_sent_line WHERE here;
-- What rows 53 and 54 and the forms add up.
CREATE TEMP VIEW counted_line AS SELECT l.* FROM sent_line l, asked WHERE NOT l.is_again OR NOT resend_once;

-- Who keeps a role and when ("to" is the first day without it); roles of the worker's own card have no dates. And on the day.
CREATE TEMP VIEW role_time AS
SELECT id AS worker, element AS role, '' AS "from", '9' AS "to" FROM worker_roles
UNION ALL
SELECT worker_id, role, coalesce("from", ''), coalesce("to", '9') FROM live_worker_role;
CREATE TEMP VIEW role_holder AS
SELECT DISTINCT worker, role FROM role_time, asked WHERE "from" <= as_of AND "to" > as_of;

-- Duty roles of members on the day (row 75). A role ticked on the member's own card has no dates: it counts unless the role has dates.
CREATE TEMP VIEW duty_now AS
SELECT member_id AS member, role FROM all_duty_role, asked
WHERE role IS NOT NULL AND coalesce("from", '') <= as_of AND ("to" IS NULL OR "to" > as_of)
UNION
SELECT d.id, d.element FROM member_duty_roles d
WHERE NOT EXISTS (SELECT 1 FROM all_duty_role r WHERE r.member_id = d.id AND r.role = d.element);

-- Teams, groups, venues, grids that exist on the day.
CREATE TEMP VIEW team_now AS
SELECT t.* FROM live_team t, asked
WHERE coalesce(t.formed_on, '') <= as_of AND (t.dissolved_on IS NULL OR t.dissolved_on > as_of);
CREATE TEMP VIEW group_now AS
SELECT g.* FROM all_contact_group g, asked
WHERE coalesce(g."from", '') <= as_of AND (g."to" IS NULL OR g."to" > as_of);

CREATE TEMP VIEW venue_now AS
SELECT v.* FROM live_venue v, asked
WHERE coalesce(v."from", '') <= as_of AND (v."to" IS NULL OR v."to" > as_of);
CREATE TEMP VIEW venue_of_period AS
SELECT v.* FROM live_venue v, asked
WHERE coalesce(v."from", '') <= as_of AND (v."to" IS NULL OR v."to" > from_day);
CREATE TEMP VIEW grid_now AS
SELECT g.* FROM live_grid g, asked
WHERE coalesce(g."from", '') <= as_of AND (g."to" IS NULL OR g."to" > as_of);

-- The months of the period, whole or begun.
CREATE TEMP VIEW period_month AS
WITH RECURSIVE m(first) AS (
  SELECT date(from_day, 'start of month') FROM asked
  UNION ALL SELECT date(first, '+1 month') FROM m, asked WHERE date(first, '+1 month') <= as_of)
SELECT substr(first, 1, 7) AS month, first, date(first, '+1 month', '-1 day') AS last FROM m;

-- Months whose day of closing has passed, and the closes of these by the townships (row 6).
CREATE TEMP VIEW close_due AS
SELECT m.month, date(m.first, '+1 month', '+' || (close_day - 1) || ' days') AS close_on FROM period_month m, asked
WHERE date(m.first, '+1 month', '+' || (close_day - 1) || ' days') < as_of;
CREATE TEMP VIEW closed_month AS
SELECT c.id, c.org_id, c.month, coalesce(c.closed_on <= d.close_on, 0) AS in_time
FROM live_month_close c JOIN level_unit u ON u.id = c.org_id AND u.level = 'township' JOIN close_due d ON d.month = c.month, asked
WHERE c.state = 'closed' AND coalesce(c.closed_on, '') <= as_of;

-- Months that are over, by who owes the meeting and was there at their end: the contact groups, or the units that the county
-- says (parameter meeting_unit); and who held one in a month (row 19).
CREATE TEMP VIEW meeting_month AS
SELECT g.id AS owner, m.month FROM live_contact_group g JOIN period_month m, asked
WHERE meeting_unit = 'group' AND m.last <= as_of AND coalesce(g."from", '') <= m.last AND (g."to" IS NULL OR g."to" > m.last)
UNION ALL
SELECT u.id, m.month FROM live_org_unit u JOIN period_month m, asked
WHERE u.id IN (SELECT id FROM scope_unit) AND (u.kind = meeting_unit OR (u.kind = 'street' AND meeting_unit = 'township'))
  AND m.last <= as_of AND coalesce(u."from", '') <= m.last AND (u."to" IS NULL OR u."to" >= m.last);
CREATE TEMP VIEW unit_above AS
WITH RECURSIVE a(unit, above) AS (
  SELECT id, id FROM all_org_unit
  UNION SELECT a.unit, u.parent_id FROM a JOIN all_org_unit u ON u.id = a.above WHERE u.parent_id IS NOT NULL)
SELECT * FROM a;
CREATE TEMP VIEW meeting_held AS
SELECT i.element AS owner, substr(a.occurred_on, 1, 7) AS month FROM any_activity a JOIN activity_group_ids i ON i.id = a.id
WHERE a.kind = 'topic_meeting'
UNION
SELECT x.above, substr(a.occurred_on, 1, 7) FROM any_activity a JOIN unit_above x ON x.unit = a.in_unit, asked
WHERE a.kind = 'topic_meeting' AND meeting_unit <> 'group';

CREATE TEMP VIEW any_activity AS
SELECT a.* FROM all_activity a, asked WHERE a.occurred_on BETWEEN from_day AND as_of;
CREATE TEMP VIEW activity_now AS SELECT * FROM any_activity WHERE here;
-- Activities by the level of their place: said of the activity itself, else that of the venue (row 46).
CREATE TEMP VIEW venue_event AS
SELECT a.id, coalesce(a.venue_level, v.level) AS level FROM activity_now a LEFT JOIN all_venue v ON v.id = a.venue_id;
-- Mobile members of these villages wherever they were present; any_: also those of other villages.
CREATE TEMP VIEW any_mobile_present AS
SELECT t.*, m.here AS is_ours, a.kind FROM present t JOIN any_activity a ON a.id = t.activity_id JOIN any_mobile m ON m.id = t.member_id;
CREATE TEMP VIEW mobile_present AS SELECT * FROM any_mobile_present WHERE is_ours;

-- Members looked after at a festival, which is a person's word (row 66), and what was given to them: with a visit or by itself.
CREATE TEMP VIEW festival_visit AS
SELECT v.* FROM met_visit v WHERE v.festival IS NOT NULL
  AND EXISTS (SELECT 1 FROM visit_purposes p WHERE p.id = v.id AND p.element = 'care');
CREATE TEMP VIEW festival_gift AS
SELECT v.id, v.festival, v.gift_amount_fen AS fen, coalesce(v.gift_kind IN ('goods', 'both') OR v.gift_qty > 0, 0) AS has_goods
FROM live_visit v, asked WHERE v.occurred_on BETWEEN from_day AND as_of AND v.festival IS NOT NULL
UNION ALL
SELECT a.id, a.festival, a.amount_fen, a.goods IS NOT NULL
FROM live_aid a, asked WHERE a.occurred_on BETWEEN from_day AND as_of AND a.festival IS NOT NULL AND a.visit_id IS NULL;

-- Entries of the points ledger that count: approved, and each counter-entry with its own sign.
CREATE TEMP VIEW points_now AS
SELECT p.* FROM live_points_entry p, asked WHERE p.state = 'approved' AND p.occurred_on BETWEEN from_day AND as_of;
-- Those that stand: neither counter-entries nor taken back by an approved one.
CREATE TEMP VIEW points_standing AS
SELECT p.* FROM all_points_entry p, asked WHERE p.state = 'approved' AND p.occurred_on BETWEEN from_day AND as_of AND p.reverses IS NULL
  AND p.id NOT IN (SELECT r.reverses FROM all_points_entry r WHERE r.state = 'approved' AND r.reverses IS NOT NULL);

-- Questions and suggestions; a lead for a business at home is none (row 71), and what has no kind yet is one.
CREATE TEMP VIEW asked_case AS SELECT * FROM live_case_item WHERE coalesce(kind, '') <> 'lead';
-- The state of a question is its last event.
CREATE TEMP VIEW case_now AS
SELECT c.*, (SELECT e.kind FROM all_case_event e WHERE e.case_id = c.id ORDER BY e.occurred_on DESC, e.id DESC LIMIT 1) AS last_event
FROM live_case_item c;

-- Who was mobile on the day before the period, by the rules of `mobile`; who left the ranks since then still stood that day.
CREATE TEMP VIEW mobile_before AS
SELECT p.id, p.village, min(e.id) AS episode
FROM person p JOIN episode e ON e.member = p.id JOIN live_mobility_episode f ON f.id = e.id, asked
WHERE e.is_verified AND e.left_at < from_day AND e.months_on < from_day
  AND coalesce(f.returned_on >= from_day, coalesce(f.state, '') <> 'ended')
  AND (p.standing IN ('normal', 'kept', 'restored', 'stopped') OR f.returned_on >= from_day)
  AND NOT EXISTS (SELECT 1 FROM transfer_out t WHERE t.member = p.id AND t.on_day >= e.began AND t.on_day < from_day)
GROUP BY p.id;

-- Who was registered for the first time in the period, and who found whom (row 8): by his first outflow.
CREATE TEMP VIEW first_outflow AS
SELECT e.id, e.discovery FROM all_mobility_episode e JOIN person p ON p.id = e.member_id, asked
WHERE e.direction = 'out' AND coalesce(e.end_kind, '') <> 'error' AND e.discovery IS NOT NULL AND e.left_on BETWEEN substr(from_day, 1, length(e.left_on)) AND as_of
  AND e.id = (SELECT f.id FROM all_mobility_episode f
    WHERE f.member_id = e.member_id AND f.direction = 'out' AND coalesce(f.end_kind, '') <> 'error' ORDER BY coalesce(f.left_on, '9'), f.id LIMIT 1);

-- Who became mobile in the period or is so no more, and why.
CREATE TEMP VIEW mobile_change AS
SELECT m.id AS member, m.village, m.episode, 'new' AS kind, e.months_on AS on_day
FROM mobile m JOIN episode e ON e.id = m.episode WHERE m.id NOT IN (SELECT id FROM mobile_before)
UNION ALL
SELECT b.id, b.village, b.episode,
  CASE WHEN f.end_kind = 'died' OR p.standing = 'deceased' THEN 'died'
    WHEN f.end_kind = 'transferred' OR t.id IS NOT NULL OR p.standing = 'transferred' THEN 'transferred'
    WHEN coalesce(f.end_kind, 'returned') = 'returned' AND f.returned_on IS NOT NULL THEN 'returned' ELSE 'gone' END,
  coalesce(f.returned_on, t.on_day)
FROM mobile_before b JOIN person p ON p.id = b.id JOIN live_mobility_episode f ON f.id = b.episode JOIN episode e ON e.id = b.episode, asked
LEFT JOIN transfer_out t ON t.id = (SELECT max(x.id) FROM transfer_out x WHERE x.member = b.id AND x.on_day BETWEEN e.began AND as_of)
WHERE b.id NOT IN (SELECT id FROM mobile);

-- Tables and registers of the quarter that were handed in by the day: who confirmed later had not.
CREATE TEMP VIEW table_now AS
SELECT t.id, t.village_id AS village, t.nil_return FROM live_village_table t, asked
WHERE t.quarter = asked.quarter AND t.state IN ('village_confirmed', 'township_checked', 'county_accepted')
  AND coalesce(t.confirmed_on, t.checked_on, t.accepted_on, '') <= as_of;
CREATE TEMP VIEW register_now AS
SELECT r.id, r.township_id AS township FROM live_township_register r, asked
WHERE r.quarter = asked.quarter AND r.state IN ('township_checked', 'county_accepted')
  AND coalesce(r.checked_on, r.confirmed_on, '') <= as_of;

-- What the month's summary (F7) adds up: the unit, the column, how many, and the record it comes from: of stock the member.
CREATE TEMP VIEW month_fact AS
WITH seen AS MATERIALIZED (SELECT * FROM met_visit)
SELECT village AS unit, 'members' AS what, 1 AS n, id AS record FROM member
UNION ALL SELECT village, 'mobile', 1, id FROM mobile
UNION ALL SELECT village, 'out', 1, member FROM outflow_now
UNION ALL SELECT village, 'in', 1, member_id FROM inflow_now
UNION ALL SELECT village, CASE kind WHEN 'new' THEN 'added' ELSE 'returned' END, 1, member FROM mobile_change WHERE kind IN ('new', 'returned')
UNION ALL SELECT m.village, 'reached', 1, m.id FROM mobile m
  WHERE m.id IN (SELECT r.member FROM reached r, asked WHERE r.is_self AND r.on_day BETWEEN from_day AND as_of)
UNION ALL SELECT in_unit, 'visits', 1, id FROM seen
UNION ALL SELECT in_unit, 'talks', persons, id FROM talk
UNION ALL SELECT in_unit, 'study_visits', 1, id FROM study_visit
UNION ALL SELECT v.in_unit, 'study_persons', (SELECT count(*) FROM visit_members m WHERE m.id = v.id), v.id FROM study_visit v
UNION ALL SELECT in_unit, 'meetings', 1, id FROM activity_now WHERE kind = 'topic_meeting'
UNION ALL SELECT (SELECT in_unit FROM live_content_push x WHERE x.id = f.id), 'pushed', 1, f.id
  FROM (SELECT min(id) AS id FROM live_content_push, asked WHERE pushed_on BETWEEN from_day AND as_of GROUP BY coalesce(content_id, id)) f
UNION ALL SELECT d.in_unit, 'red_packages', l.qty, d.id FROM counted_line l JOIN live_delivery d ON d.id = l.delivery
  WHERE l.kind = 'red_package' AND l.mode = 'courier'
UNION ALL SELECT d.in_unit, 'study_packs', l.qty, d.id FROM counted_line l JOIN live_delivery d ON d.id = l.delivery
  WHERE l.kind = 'study_pack'
UNION ALL SELECT in_unit, 'consultations', 1, id FROM live_consultation, asked WHERE occurred_on BETWEEN from_day AND as_of
UNION ALL SELECT in_unit, 'collected', 1, id FROM asked_case, asked WHERE opened_on BETWEEN from_day AND as_of
UNION ALL SELECT in_unit, 'answered', 1, id FROM asked_case, asked WHERE answered_on BETWEEN from_day AND as_of
UNION ALL SELECT a.in_unit, 'volunteer', 1, a.id FROM activity_now a
  WHERE a.kind = 'volunteer' AND EXISTS (SELECT 1 FROM any_mobile_present t WHERE t.activity_id = a.id)
UNION ALL SELECT a.in_unit, 'volunteers', 1, t.id FROM present t JOIN activity_now a ON a.id = t.activity_id
  WHERE a.kind = 'volunteer' AND EXISTS (SELECT 1 FROM any_mobile_present m WHERE m.activity_id = a.id)
UNION ALL SELECT village, 'hardship', 1, member_id FROM hardship_now
UNION ALL SELECT v.in_unit, 'care_persons', (SELECT count(*) FROM visit_members m WHERE m.id = v.id), v.id FROM seen v
  WHERE EXISTS (SELECT 1 FROM visit_purposes p WHERE p.id = v.id AND p.element = 'care')
UNION ALL SELECT v.in_unit, 'care_money', v.gift_amount_fen, v.id FROM live_visit v, asked
  WHERE v.occurred_on BETWEEN from_day AND as_of AND v.gift_amount_fen > 0
UNION ALL SELECT a.in_unit, 'care_money', a.amount_fen, a.id FROM live_aid a, asked
  WHERE a.occurred_on BETWEEN from_day AND as_of AND a.amount_fen > 0 AND a.visit_id IS NULL
UNION ALL SELECT in_unit, 'points', points_tenths, id FROM points_now;

-- Days on which something was done (row 55), each with the first record of it.
CREATE TEMP VIEW service_day AS
SELECT min(id) AS id, on_day FROM (
  SELECT id, occurred_on AS on_day FROM live_visit UNION ALL SELECT id, occurred_on FROM live_contact_attempt
  UNION ALL SELECT id, occurred_on FROM live_consultation UNION ALL SELECT id, occurred_on FROM live_activity
  UNION ALL SELECT id, pushed_on FROM live_content_push UNION ALL SELECT id, sent_on FROM sent_delivery), asked
WHERE on_day BETWEEN from_day AND as_of GROUP BY on_day;
