-- Fills the tables of asked.sql that follow from the records that count (question.sql and the copies come first).
-- Everybody of these villages, whatever became of them; `member` leaves out who is one no longer.
-- Those of other villages as well: a meeting here may be theirs. Who was entered late in a village that has gone up in
-- another belongs to that one.
DELETE FROM anybody;
INSERT INTO anybody
WITH RECURSIVE went(id, unit, steps) AS (
  SELECT id, element, 1 FROM org_unit_merged_into
  UNION SELECT w.id, m.element, w.steps + 1 FROM went w JOIN org_unit_merged_into m ON m.id = w.unit WHERE w.steps < 20),
now(id, unit) AS (
  SELECT id, min(unit) FROM went WHERE unit NOT IN (SELECT id FROM org_unit_merged_into) GROUP BY id HAVING count(DISTINCT unit) = 1),
lives(id, village, standing) AS (
  SELECT m.id, coalesce(now.unit, m.home_village_id), coalesce(m.standing, 'normal')
  FROM all_member m LEFT JOIN now ON now.id = m.home_village_id)
SELECT id, village, standing, coalesce(village IN (SELECT id FROM scope_unit), 0) FROM lives;

-- Outflows. A partial date counts from its last day: nobody becomes mobile before it is certain. Months are those of
-- the calendar, cut to the month's last day.
DELETE FROM any_episode;
INSERT INTO any_episode
SELECT e.id, member_id, p.here, left_at,
  coalesce(state, 'reported') <> 'reported' OR coalesce(verify_level, 'none') <> 'none',
  left_at <= as_of AND coalesce(returned_on > as_of, coalesce(state, '') <> 'ended'),
  min(date(left_at, '+' || mobile_months || ' months'),
      date(left_at, 'start of month', '+' || (mobile_months + 1) || ' months', '-1 day')),
  min(date(left_at, '+' || certificate_months || ' months'),
      date(left_at, 'start of month', '+' || (certificate_months + 1) || ' months', '-1 day'))
FROM (SELECT *, CASE length(left_on) WHEN 4 THEN left_on || '-12-31'
                  WHEN 7 THEN date(left_on || '-01', '+1 month', '-1 day') ELSE left_on END AS left_at
      FROM all_mobility_episode WHERE direction = 'out' AND coalesce(end_kind, '') <> 'error') e
  JOIN anybody p ON p.id = e.member_id, asked;

-- Mobile: derived, never typed (domain.md 6.1).
DELETE FROM any_mobile;
INSERT INTO any_mobile
SELECT p.id, p.village, p.here, min(e.id) FROM anybody p JOIN any_episode e ON e.member = p.id, asked
WHERE p.standing IN ('normal', 'kept', 'restored', 'stopped') AND e.is_open AND e.is_verified AND e.months_on <= as_of
  AND NOT EXISTS (SELECT 1 FROM all_transfer_request t
                  WHERE t.member_id = p.id AND t.state = 'done' AND coalesce(t.done_on, t.asked_on) <= as_of)
GROUP BY p.id;

DELETE FROM destination_change;

-- Who was reached, himself or his family, by a visit or a call. What the employer or the other branch says is not a contact.
DELETE FROM reached;
INSERT INTO reached
SELECT m.element, v.occurred_on, v.outcome = 'met', v.id
FROM all_visit v JOIN visit_members m ON m.id = v.id JOIN person p ON p.id = m.element WHERE v.outcome IN ('met', 'met_family')
UNION ALL
SELECT member_id, occurred_on, outcome = 'reached_self', c.id FROM all_contact_attempt c JOIN person p ON p.id = c.member_id
WHERE outcome IN ('reached_self', 'reached_family') AND coalesce(channel, '') NOT IN ('dest_org', 'employer');
