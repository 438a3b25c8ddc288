-- Fills the tables of asked.sql that follow from the records that count (question.sql and the copies come first).
-- Everybody of these villages, whatever became of them; `member` leaves out who is one no longer.
-- Who is on the register no more stood in the ranks until the day that was said: of the outflow it ended, of the transfer, of the
-- standing itself; where no day was said, what stands there today holds.
-- Those of other villages as well: a meeting here may be theirs. Who was entered late in a village that has gone up in
-- another belongs to that one, from then on. Where a merger kept nothing of its people (former_villages): before the day on which a division
-- began as the new name of just one other, they are that one's (where both are asked about).
DELETE FROM anybody;
INSERT INTO anybody
WITH RECURSIVE went(id, unit, steps) AS MATERIALIZED (
  SELECT id, element, 1 FROM org_unit_merged_into
  UNION SELECT w.id, m.element, w.steps + 1 FROM went w JOIN org_unit_merged_into m ON m.id = w.unit WHERE w.steps < 20),
was(id, unit) AS (
  SELECT n.id, min(b.id) FROM all_org_unit n JOIN org_unit_merged_into e ON e.element = n.id JOIN all_org_unit b ON b.id = e.id, asked
  WHERE n."from" > as_of AND n.id IN (SELECT id FROM scope_unit) GROUP BY n.id
  HAVING count(*) = 1 AND max(b."to") >= as_of AND min(b.id) IN (SELECT id FROM scope_unit)),
now(id, unit) AS (
  SELECT id, min(unit) FROM went WHERE unit NOT IN (SELECT id FROM org_unit_merged_into) GROUP BY id HAVING count(DISTINCT unit) = 1),
-- K4: where he stood on the day: the village he was taken out of by the first merger that had not come yet; who was entered late in one
-- that has gone up in another, in that one of its line which there was.
stood(id, unit) AS MATERIALIZED (
  SELECT id, unit FROM (
    SELECT f.id, b.id AS unit, row_number() OVER (PARTITION BY f.id ORDER BY b."to", w.steps DESC, b.id) AS place
    FROM member_former_villages f JOIN all_org_unit b ON b.id = f.element JOIN all_member m ON m.id = f.id
      LEFT JOIN now n ON n.id = m.home_village_id JOIN went w ON w.id = b.id AND w.unit = coalesce(n.unit, m.home_village_id), asked
    WHERE b."to" >= as_of AND coalesce(b."from", '') <= as_of AND NOT current_divisions) WHERE place = 1),
line(id, unit, steps) AS (SELECT id, id, 0 FROM all_org_unit UNION ALL SELECT id, unit, steps FROM went),
there_was(id, unit, steps) AS MATERIALIZED (
  SELECT l.id, l.unit, min(l.steps) FROM line l JOIN all_org_unit b ON b.id = l.unit, asked
  WHERE b."to" >= as_of AND coalesce(b."from", '') <= as_of AND NOT current_divisions GROUP BY l.id),
gone(id, on_day) AS MATERIALIZED (
  SELECT m.id, coalesce(
    CASE m.standing WHEN 'deceased' THEN (SELECT min(e.returned_on) FROM all_mobility_episode e
        WHERE e.member_id = m.id AND e.end_kind = 'died')
      WHEN 'transferred' THEN (SELECT max(on_day) FROM (
        SELECT e.returned_on AS on_day FROM all_mobility_episode e WHERE e.member_id = m.id AND e.end_kind = 'transferred'
        UNION ALL SELECT t.on_day FROM transfer_out t WHERE t.member = m.id)) END,
    (SELECT min(g.on_day) FROM said_gone g LEFT JOIN same s ON s.id = g.record WHERE coalesce(s.stands, g.record) = m.id))
  FROM all_member m WHERE m.standing IN ('expelled', 'left', 'deceased', 'transferred')),
lives(id, village, standing) AS (
  SELECT m.id, coalesce(s.unit, t.unit, (SELECT w.unit FROM was w WHERE w.id = coalesce(now.unit, m.home_village_id)), now.unit, m.home_village_id),
    CASE WHEN g.on_day > as_of THEN 'normal' ELSE coalesce(m.standing, 'normal') END
  FROM all_member m LEFT JOIN now ON now.id = m.home_village_id LEFT JOIN stood s ON s.id = m.id
    LEFT JOIN there_was t ON t.id = m.home_village_id LEFT JOIN gone g ON g.id = m.id, asked)
SELECT id, village, standing, coalesce(village IN (SELECT id FROM scope_unit), 0) FROM lives;

-- Outflows. A partial date counts from its last day: nobody becomes mobile before it is certain. Months are those of
-- the calendar, cut to the month's last day. Who moved on without coming home is away since he first left, and was verified
-- then: months run on from the first of outflows that adjoin.
DELETE FROM any_episode;
INSERT INTO any_episode
WITH RECURSIVE outflow AS MATERIALIZED (
  SELECT *, CASE length(left_on) WHEN 4 THEN left_on || '-12-31'
      WHEN 7 THEN date(left_on || '-01', '+1 month', '-1 day') ELSE left_on END AS left_at,
    coalesce(state, 'reported') <> 'reported' OR coalesce(verify_level, 'none') <> 'none' AS is_verified
  FROM all_mobility_episode WHERE direction = 'out' AND coalesce(end_kind, '') <> 'error'),
follows AS MATERIALIZED (
  SELECT n.id, o.id AS earlier FROM all_mobility_episode o JOIN all_mobility_episode n ON n.member_id = o.member_id AND n.id <> o.id
  WHERE o.direction = 'out' AND o.end_kind = 'moved_on' AND n.direction = 'out' AND coalesce(n.end_kind, '') <> 'error'
    AND n.left_on BETWEEN substr(o.returned_on, 1, length(n.left_on)) AND date(o.returned_on, '+1 day')),
chain(id, earlier) AS (SELECT id, earlier FROM follows UNION SELECT c.id, f.earlier FROM chain c JOIN follows f ON f.id = c.earlier),
begun AS MATERIALIZED (
  SELECT c.id, min(o.left_at) AS left_at, min(o.left_on) AS began, max(o.is_verified) AS is_verified
  FROM chain c JOIN outflow o ON o.id = c.earlier GROUP BY c.id),
one AS (
  SELECT e.*, min(coalesce(b.left_at, e.left_at), e.left_at) AS away_at, min(coalesce(b.began, e.left_on), e.left_on) AS began,
    max(coalesce(b.is_verified, 0), e.is_verified) AS known
  FROM outflow e LEFT JOIN begun b ON b.id = e.id)
SELECT e.id, member_id, p.here, left_at, began, known,
  left_at <= as_of AND coalesce(returned_on > as_of, coalesce(state, '') <> 'ended'),
  min(date(away_at, '+' || mobile_months || ' months'),
      date(away_at, 'start of month', '+' || (mobile_months + 1) || ' months', '-1 day')),
  min(date(away_at, '+' || certificate_months || ' months'),
      date(away_at, 'start of month', '+' || (certificate_months + 1) || ' months', '-1 day'))
FROM one e JOIN anybody p ON p.id = e.member_id, asked;

-- Mobile: derived, never typed (domain.md 6.1). A transfer counts that took him to another county's branch since he left.
DELETE FROM any_mobile;
INSERT INTO any_mobile
SELECT e.member, e.village, e.here, min(e.id) FROM any_untransferred e, asked WHERE e.months_on <= as_of GROUP BY e.member;

DELETE FROM destination_change;

-- Who was reached, himself or his family, by a visit or a call. What the employer or the other branch says is not a contact.
DELETE FROM reached;
INSERT INTO reached
SELECT m.element, v.occurred_on, v.outcome = 'met', v.id
FROM all_visit v JOIN visit_members m ON m.id = v.id JOIN person p ON p.id = m.element WHERE v.outcome IN ('met', 'met_family')
UNION ALL
SELECT member_id, occurred_on, outcome = 'reached_self', c.id FROM all_contact_attempt c JOIN person p ON p.id = c.member_id
WHERE outcome IN ('reached_self', 'reached_family') AND coalesce(channel, '') NOT IN ('dest_org', 'employer');

-- The last days on which he himself, he or his family was reached, he was known of (or took part), anything was heard of him.
DELETE FROM last_self;
INSERT INTO last_self SELECT member, max(on_day) FROM reached WHERE is_self GROUP BY member;
DELETE FROM last_any;
INSERT INTO last_any SELECT member, max(on_day) FROM reached GROUP BY member;
DELETE FROM last_known;
INSERT INTO last_known
SELECT member, max(on_day) FROM (
  SELECT member, on_day FROM last_any
  UNION ALL SELECT t.member_id, t.occurred_on FROM present t WHERE t.member_id IS NOT NULL) GROUP BY member;
DELETE FROM failed;
INSERT INTO failed SELECT member, on_day FROM failed_attempt WHERE on_day IS NOT NULL;
DELETE FROM last_word;
INSERT INTO last_word SELECT member, max(on_day) FROM word_of_member WHERE member IS NOT NULL GROUP BY member;
DELETE FROM paired;
INSERT INTO paired SELECT member, worker, id FROM open_pairing;
