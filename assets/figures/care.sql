-- Rows 61 to 78 of the report: points, care, children, home, roles. How to read it: members.sql.

--! figure 61 person
--! value
SELECT m.id, 1 FROM mobile m WHERE m.id IN (
  SELECT member_id FROM points_standing);
--! of
SELECT id, 1 FROM mobile;

--! figure 62 tenth along
--! value
SELECT p.id, p.points_tenths FROM points_now p
WHERE p.rule_id IN (SELECT id FROM live_points_rule WHERE class IN ('duty', 'urgent', 'volunteer'));
--! split points_rule_class
SELECT p.id, p.points_tenths, r.class FROM points_now p JOIN live_points_rule r ON r.id = p.rule_id
WHERE r.class IN ('duty', 'urgent', 'volunteer');

--! figure 63 person
--! value
SELECT m.id, 1 FROM mobile m
WHERE m.id IN (SELECT t.member_id FROM took_part t, asked WHERE t.occurred_on > half_ago)
  AND m.id NOT IN (SELECT t.member_id FROM took_part t, asked
    WHERE t.occurred_on > year_ago AND t.occurred_on <= half_ago);
--! of
SELECT id, 1 FROM mobile;

--! figure 64 person hardship
--! value
SELECT m.id, 1 FROM member m
WHERE m.id IN (SELECT member_id FROM all_hardship_record, asked WHERE coalesce(nominated_on, recognised_on) <= as_of)
   OR m.id IN (SELECT a.member_id FROM all_survey_answer a, asked WHERE a.outcome = 'nominated' AND a.occurred_on BETWEEN from_day AND as_of);
--! part recognised
SELECT DISTINCT m.id, 1 FROM member m JOIN all_hardship_record h ON h.member_id = m.id, asked WHERE h.recognised_on <= as_of;
--! part old_infirm
SELECT id, 1 FROM member WHERE care_flag IS NOT NULL;

--! figure 65 volume hardship
--! value
SELECT id, 1 FROM hardship_now;
--! part unrecognised
SELECT h.id, 1 FROM all_hardship_record h JOIN member m ON m.id = h.member_id, asked
WHERE (h.relieved_on > as_of OR (h.relieved_on IS NULL AND coalesce(h.active, 1))) AND (h.recognised_on IS NULL OR h.recognised_on > as_of);

--! figure 66 time along hardship
--! value
SELECT id, 1 FROM festival_visit;
--! split festival
SELECT id, 1, festival FROM festival_visit;
--! part persons
SELECT DISTINCT m.element, 1 FROM festival_visit v JOIN visit_members m ON m.id = v.id;
--! part spring_persons
SELECT DISTINCT m.element, 1 FROM festival_visit v JOIN visit_members m ON m.id = v.id WHERE v.festival = 'spring_festival';
--! part july_persons
SELECT DISTINCT m.element, 1 FROM festival_visit v JOIN visit_members m ON m.id = v.id WHERE v.festival = 'july_first';
--! part money_fen
SELECT id, fen FROM festival_gift WHERE fen > 0;
--! part spring_money_fen
SELECT id, fen FROM festival_gift WHERE fen > 0 AND festival = 'spring_festival';
--! part july_money_fen
SELECT id, fen FROM festival_gift WHERE fen > 0 AND festival = 'july_first';
--! part goods
SELECT id, 1 FROM festival_gift WHERE has_goods;

--! figure 67 entry along
--! value
SELECT id, 1 FROM live_case_item, asked WHERE topic = 'child_care' AND opened_on BETWEEN from_day AND as_of;
--! part answered
SELECT id, 1 FROM live_case_item, asked WHERE topic = 'child_care' AND answered_on BETWEEN from_day AND as_of;

--! figure 68 person
--! value
SELECT DISTINCT t.worker_id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id JOIN live_worker w ON w.id = t.worker_id
WHERE w.origin IN ('double_check_in', 'social_worker');
--! part sessions
SELECT DISTINCT a.id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id JOIN live_worker w ON w.id = t.worker_id
WHERE w.origin IN ('double_check_in', 'social_worker');

--! figure 69 session
--! value
SELECT id, 1 FROM activity_now WHERE kind = 'tutoring';
--! part child_times
SELECT id, children_count FROM activity_now WHERE kind = 'tutoring' AND children_count > 0;
--! split tutoring_subject
SELECT a.id, 1, s.element FROM activity_now a JOIN activity_subjects s ON s.id = a.id WHERE a.kind = 'tutoring';

--! figure 70 session
--! value
SELECT a.id, 1 FROM activity_now a WHERE a.kind = 'escort'
  OR (a.kind = 'tutoring' AND EXISTS (SELECT 1 FROM activity_subjects s WHERE s.id = a.id AND s.element = 'extended'));
--! part child_times
SELECT a.id, a.children_count FROM activity_now a WHERE a.children_count > 0 AND (a.kind = 'escort'
  OR (a.kind = 'tutoring' AND EXISTS (SELECT 1 FROM activity_subjects s WHERE s.id = a.id AND s.element = 'extended')));

--! figure 71 entry along
--! value
SELECT id, 1 FROM live_case_item, asked WHERE kind = 'lead' AND opened_on BETWEEN from_day AND as_of;
--! part followed_up
SELECT id, 1 FROM case_now, asked WHERE kind = 'lead' AND opened_on BETWEEN from_day AND as_of
  AND (answered_on IS NOT NULL OR closed_on IS NOT NULL OR last_event IN ('answered', 'followed_up', 'closed'));

--! figure 72 session
--! value
SELECT id, 1 FROM activity_now WHERE kind = 'returnee_talk';
--! part speakers
SELECT DISTINCT s.element, 1 FROM activity_now a JOIN activity_speakers s ON s.id = a.id WHERE a.kind = 'returnee_talk';
--! part talented
SELECT DISTINCT t.id, 1 FROM member_talent_tags t JOIN member m ON m.id = t.id;

--! figure 73 person
--! value
SELECT DISTINCT m.id, 1 FROM member m JOIN all_pledge p ON p.member_id = m.id;
--! of
SELECT id, 1 FROM member;
--! split pledge_kind
SELECT DISTINCT p.member_id, 1, p.kind FROM all_pledge p JOIN member m ON m.id = p.member_id;

--! figure 74 person
--! value
SELECT id, 1 FROM member WHERE new_employment IS NOT NULL;
--! split new_employment
SELECT id, 1, new_employment FROM member WHERE new_employment IS NOT NULL;
--! part volunteers
SELECT DISTINCT m.id, 1 FROM member m JOIN present t ON t.member_id = m.id JOIN any_activity a ON a.id = t.activity_id
WHERE m.new_employment IS NOT NULL AND a.kind = 'volunteer';

--! figure 75 person
--! value
SELECT DISTINCT m.id, 1 FROM member m JOIN duty_now d ON d.member = m.id;
--! split duty_role
SELECT m.id, 1, d.role FROM member m JOIN duty_now d ON d.member = m.id;

--! figure 76 none

--! figure 77 grid
--! value
SELECT g.id, 1 FROM grid_now g WHERE g.leader_id IS NOT NULL OR EXISTS (SELECT 1 FROM grid_worker_ids w WHERE w.id = g.id);
--! of
SELECT id, 1 FROM grid_now;

--! figure 78 none
