-- What several figures and forms read, over the tables of asked.sql and the views live_<kind>.
-- Members on the day: whom the branches still count.
CREATE TEMP VIEW member AS
SELECT m.* FROM live_member m JOIN person p ON p.id = m.id WHERE p.standing IN ('normal', 'kept', 'restored', 'stopped');

-- Units of a level that exist on the day.
CREATE TEMP VIEW level_unit AS
SELECT u.id, u.name, u.parent_id, CASE WHEN u.kind IN ('village', 'community') THEN 'village'
    WHEN u.kind IN ('township', 'street') THEN 'township' ELSE u.kind END AS level
FROM live_org_unit u, asked
WHERE u.id IN (SELECT id FROM scope_unit) AND coalesce(u."from", '') <= as_of AND (u."to" IS NULL OR u."to" > as_of);

-- One open pairing and more, by member.
CREATE TEMP VIEW paired AS
SELECT l.member_id AS member, l.worker_id AS worker, l.id FROM live_liaison_assignment l, asked
WHERE coalesce(l."from", '') <= as_of AND (l."to" IS NULL OR l."to" > as_of);

CREATE TEMP VIEW last_self AS SELECT member, max(on_day) AS on_day FROM reached WHERE is_self GROUP BY member;
CREATE TEMP VIEW last_any AS SELECT member, max(on_day) AS on_day FROM reached GROUP BY member;

-- Failed attempts by day, calls and doors.
CREATE TEMP VIEW failed AS
SELECT member_id AS member, occurred_on AS on_day FROM live_contact_attempt
WHERE outcome IN ('no_answer', 'switched_off', 'dead_number', 'wrong_person', 'refused')
  AND coalesce(channel, '') NOT IN ('dest_org', 'employer') AND member_id IS NOT NULL
UNION
SELECT m.element, v.occurred_on FROM live_visit v JOIN visit_members m ON m.id = v.id
WHERE v.outcome IN ('nobody', 'refused', 'moved', 'wrong_address');

-- Study delivered to the door: who met whom decides, a door where nobody was is an attempt (row 45).
CREATE TEMP VIEW study_visit AS
SELECT v.* FROM live_visit v, asked
WHERE v.occurred_on BETWEEN from_day AND as_of AND v.mode IN ('door', 'workplace')
  AND (v.outcome = 'met' OR (v.outcome = 'met_family' AND family_study))
  AND EXISTS (SELECT 1 FROM visit_purposes p WHERE p.id = v.id AND p.element = 'study');

-- Somebody was there; late is present.
CREATE TEMP VIEW present AS SELECT * FROM live_attendance WHERE status IN ('present', 'late');

-- Parcels that went out in the period, whole: the day is that of dispatch, or of the hand that took it.
CREATE TEMP VIEW sent_delivery AS
SELECT d.*, coalesce(d.dispatched_on, d.received_on) AS sent_on FROM live_delivery d, asked
WHERE coalesce(d.dispatched_on, d.received_on) BETWEEN from_day AND as_of
  AND NOT EXISTS (SELECT 1 FROM live_delivery_event e WHERE e.delivery_id = d.id AND e.kind = 'cancelled');
CREATE TEMP VIEW sent_line AS
SELECT l.id, l.qty, d.id AS delivery, d.mode, d.resend_of, d.sent_on, m.kind, l.material_id, d.member_id, d.to_org_id
FROM sent_delivery d JOIN live_delivery_line l ON l.delivery_id = d.id JOIN live_material m ON m.id = l.material_id;

-- Who keeps a role on the day; roles of the worker's own card have no dates.
CREATE TEMP VIEW role_holder AS
SELECT id AS worker, element AS role FROM worker_roles
UNION
SELECT r.worker_id, r.role FROM live_worker_role r, asked
WHERE coalesce(r."from", '') <= as_of AND (r."to" IS NULL OR r."to" > as_of);

-- Teams, groups, venues that exist on the day.
CREATE TEMP VIEW team_now AS
SELECT t.* FROM live_team t, asked
WHERE coalesce(t.formed_on, '') <= as_of AND (t.dissolved_on IS NULL OR t.dissolved_on > as_of);
CREATE TEMP VIEW group_now AS
SELECT g.* FROM live_contact_group g, asked
WHERE coalesce(g."from", '') <= as_of AND (g."to" IS NULL OR g."to" > as_of);

-- The months of the period, whole or begun.
CREATE TEMP VIEW period_month AS
WITH RECURSIVE m(first) AS (
  SELECT date(from_day, 'start of month') FROM asked
  UNION ALL SELECT date(first, '+1 month') FROM m, asked WHERE date(first, '+1 month') <= as_of)
SELECT substr(first, 1, 7) AS month, first, date(first, '+1 month', '-1 day') AS last FROM m;

CREATE TEMP VIEW activity_now AS
SELECT a.* FROM live_activity a, asked WHERE a.occurred_on BETWEEN from_day AND as_of;
-- Mobile members among those present.
CREATE TEMP VIEW mobile_present AS
SELECT t.* FROM present t JOIN activity_now a ON a.id = t.activity_id JOIN mobile m ON m.id = t.member_id;

-- Entries of the points ledger that count: approved, and each counter-entry with its own sign.
CREATE TEMP VIEW points_now AS
SELECT p.* FROM live_points_entry p, asked WHERE p.state = 'approved' AND p.occurred_on BETWEEN from_day AND as_of;
-- Those that stand: neither counter-entries nor taken back by an approved one.
CREATE TEMP VIEW points_standing AS
SELECT p.* FROM points_now p WHERE p.reverses IS NULL
  AND p.id NOT IN (SELECT r.reverses FROM live_points_entry r WHERE r.state = 'approved' AND r.reverses IS NOT NULL);

-- The state of a question is its last event.
CREATE TEMP VIEW case_now AS
SELECT c.*, (SELECT e.kind FROM live_case_event e WHERE e.case_id = c.id ORDER BY e.occurred_on DESC, e.id DESC LIMIT 1) AS last_event
FROM live_case_item c;
