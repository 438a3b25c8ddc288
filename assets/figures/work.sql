-- Rows 35 to 60 of the report: questions, teams, study, parcels, service. How to read it: members.sql.

--! figure 35 none

--! figure 36 time over along
--! value
SELECT id, 1 FROM live_consultation, asked WHERE occurred_on BETWEEN from_day AND as_of;
--! part solved_on_spot
SELECT id, 1 FROM live_consultation, asked WHERE occurred_on BETWEEN from_day AND as_of AND solved_on_spot;
--! part became_case
SELECT id, 1 FROM live_consultation, asked WHERE occurred_on BETWEEN from_day AND as_of AND case_id IS NOT NULL;

--! figure 37 entry over along
--! value
SELECT id, 1 FROM asked_case, asked WHERE answered_on BETWEEN from_day AND as_of;
--! part collected
SELECT id, 1 FROM asked_case, asked WHERE opened_on BETWEEN from_day AND as_of;
--! part open
SELECT id, 1 FROM case_now WHERE coalesce(kind, '') <> 'lead' AND closed_on IS NULL AND coalesce(last_event, '') NOT IN ('closed', 'answered');

--! figure 38 entry along
--! value
SELECT id, 1 FROM live_case_item, asked WHERE answered_on BETWEEN from_day AND as_of AND satisfaction IN ('1', '2');
--! of
SELECT id, 1 FROM live_case_item, asked WHERE answered_on BETWEEN from_day AND as_of AND satisfaction IS NOT NULL;

--! figure 39 pair
--! value
SELECT id, 1 FROM live_support_pair, asked WHERE coalesce("from", '') <= as_of AND ("to" IS NULL OR "to" > as_of);

--! figure 40 squad over
--! value
SELECT id, 1 FROM team_now WHERE team_kind = 'grid_service';

--! figure 41 person
--! value
SELECT DISTINCT p.worker, 1 FROM paired p JOIN role_holder r ON r.worker = p.worker AND r.role IN ('grid_worker', 'grid_leader');
--! of
SELECT DISTINCT worker, 1 FROM paired WHERE worker IS NOT NULL;

--! figure 42 person
--! value
SELECT DISTINCT t.worker_id, 1 FROM live_team_member t JOIN team_now n ON n.id = t.team_id JOIN live_worker w ON w.id = t.worker_id, asked
WHERE w.origin IN ('working_member', 'veteran') AND coalesce(t."from", '') <= as_of AND (t."to" IS NULL OR t."to" > as_of);
--! split worker_origin
SELECT DISTINCT t.worker_id, 1, w.origin FROM live_team_member t JOIN team_now n ON n.id = t.team_id JOIN live_worker w ON w.id = t.worker_id, asked
WHERE w.origin IN ('working_member', 'veteran') AND coalesce(t."from", '') <= as_of AND (t."to" IS NULL OR t."to" > as_of);

--! part working_times
SELECT t.id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id JOIN live_worker w ON w.id = t.worker_id
WHERE w.origin = 'working_member';
--! part veteran_times
SELECT t.id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id JOIN live_worker w ON w.id = t.worker_id
WHERE w.origin = 'veteran';

--! figure 43 grid
--! value
SELECT id, 1 FROM grid_now, (SELECT '小区' AS word UNION ALL SELECT '楼' UNION ALL SELECT '栋' UNION ALL SELECT '幢'
  UNION ALL SELECT '单元' UNION ALL SELECT '公寓' UNION ALL SELECT '家属院') WHERE instr(scope_text, word) > 0 GROUP BY id;
--! of
SELECT id, 1 FROM grid_now;
--! part described
SELECT id, 1 FROM grid_now WHERE scope_text IS NOT NULL;

--! figure 44 person
--! value
SELECT DISTINCT m.id, 1 FROM member m JOIN member_study_needs n ON n.id = m.id;
--! split study_need
SELECT m.id, 1, n.element FROM member m JOIN member_study_needs n ON n.id = m.id;

--! figure 45 time along
--! value
SELECT id, 1 FROM study_visit;
--! part person_times
SELECT v.id, (SELECT count(*) FROM visit_members m WHERE m.id = v.id) FROM study_visit v;
--! part family
SELECT id, 1 FROM study_visit WHERE outcome = 'met_family';

--! figure 46 place
--! value
SELECT id, 1 FROM venue_now;
--! split venue_level
SELECT id, 1, level FROM venue_now WHERE level IS NOT NULL;
--! part events
SELECT a.id, 1 FROM activity_now a WHERE a.venue_level IS NOT NULL OR a.venue_id IS NOT NULL;
--! part street_events
SELECT id, 1 FROM venue_event WHERE level = 'street';
--! part village_events
SELECT id, 1 FROM venue_event WHERE level = 'village';
--! part new_sector_events
SELECT id, 1 FROM venue_event WHERE level = 'new_sector';

--! figure 47 session
--! value
SELECT id, 1 FROM activity_now WHERE kind IN ('theme_day', 'school', 'film');
--! split activity_kind
SELECT id, 1, kind FROM activity_now WHERE kind IN ('theme_day', 'school', 'film');
--! part person_times
SELECT t.id, 1 FROM mobile_present t JOIN activity_now a ON a.id = t.activity_id WHERE a.kind IN ('theme_day', 'school', 'film');
--! part theme_day_persons
SELECT t.id, 1 FROM mobile_present t JOIN activity_now a ON a.id = t.activity_id WHERE a.kind = 'theme_day';
--! part school_persons
SELECT t.id, 1 FROM mobile_present t JOIN activity_now a ON a.id = t.activity_id WHERE a.kind = 'school';
--! part film_persons
SELECT t.id, 1 FROM mobile_present t JOIN activity_now a ON a.id = t.activity_id WHERE a.kind = 'film';

--! figure 48 entry
--! value
SELECT min(id), 1 FROM live_content_push, asked WHERE pushed_on BETWEEN from_day AND as_of GROUP BY coalesce(content_id, id);
--! split push_channel
SELECT min(p.id), 1, c.element FROM live_content_push p JOIN content_push_channels c ON c.id = p.id, asked
WHERE p.pushed_on BETWEEN from_day AND as_of GROUP BY coalesce(p.content_id, p.id), c.element;

--! figure 49 time over
--! value
SELECT id, 1 FROM activity_now WHERE kind = 'skill' AND mode IN ('online', 'mixed');
--! split subject_area
SELECT id, 1, subject_area FROM activity_now WHERE kind = 'skill' AND mode IN ('online', 'mixed') AND subject_area IS NOT NULL;
--! part person_times
SELECT t.id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id WHERE a.kind = 'skill' AND a.mode IN ('online', 'mixed');
--! part rural
SELECT t.id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id JOIN all_member m ON m.id = t.member_id
WHERE a.kind = 'skill' AND a.mode IN ('online', 'mixed') AND m.occupation IN ('farmer', 'migrant_worker');
--! part non_public
SELECT t.id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id JOIN all_member m ON m.id = t.member_id
WHERE a.kind = 'skill' AND a.mode IN ('online', 'mixed')
  AND m.occupation IN ('enterprise_staff', 'enterprise_manager', 'self_employed', 'driver', 'courier', 'rider');

--! figure 50 parcel along
--! value
SELECT id, 1 FROM sent_delivery WHERE mode = 'courier';

--! figure 51 set
--! value
SELECT m.id, 1 FROM live_material m, asked WHERE m.kind = 'red_package' AND coalesce(m."from", '') <= as_of AND (m."to" IS NULL OR m."to" > as_of)
  AND (SELECT count(DISTINCT c.part_id) FROM all_material_component c JOIN all_material b ON b.id = c.part_id AND b.kind = 'book'
    WHERE c.material_id = m.id) = 3;

--! figure 52 entry over
--! value
SELECT min(id), 1 FROM live_content_push, asked WHERE pushed_on BETWEEN from_day AND as_of GROUP BY coalesce(content_id, id);
--! part pushes
SELECT id, 1 FROM live_content_push, asked WHERE pushed_on BETWEEN from_day AND as_of;

--! figure 53 copy along
--! value
SELECT delivery, sum(qty) FROM counted_line WHERE kind = 'red_package' AND mode = 'courier' GROUP BY delivery;
--! part signed
SELECT l.delivery, sum(l.qty) FROM sent_line l JOIN parcel_result r ON r.id = l.delivery
WHERE l.kind = 'red_package' AND l.mode = 'courier' AND r.result = 'signed' GROUP BY l.delivery;
--! part proxy
SELECT l.delivery, sum(l.qty) FROM sent_line l JOIN parcel_result r ON r.id = l.delivery
WHERE l.kind = 'red_package' AND l.mode = 'courier' AND r.result = 'proxy' GROUP BY l.delivery;
--! part returned
SELECT l.delivery, sum(l.qty) FROM sent_line l JOIN parcel_result r ON r.id = l.delivery
WHERE l.kind = 'red_package' AND l.mode = 'courier' AND r.result IN ('refused', 'returned') GROUP BY l.delivery;
--! part problem
SELECT l.delivery, sum(l.qty) FROM sent_line l JOIN parcel_result r ON r.id = l.delivery
WHERE l.kind = 'red_package' AND l.mode = 'courier' AND r.result = 'problem' GROUP BY l.delivery;
--! part waiting
SELECT l.delivery, sum(l.qty) FROM sent_line l JOIN parcel_result r ON r.id = l.delivery
WHERE l.kind = 'red_package' AND l.mode = 'courier' AND r.result IN ('left', 'on_the_way') GROUP BY l.delivery;
--! part resent
SELECT delivery, sum(qty) FROM sent_line WHERE kind = 'red_package' AND mode = 'courier' AND resend_of IS NOT NULL GROUP BY delivery;

--! figure 54 copy along
--! value
SELECT delivery, sum(qty) FROM counted_line WHERE kind = 'study_pack' GROUP BY delivery;
--! part stock_opening
SELECT s.id, s.delta FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked
WHERE s.occurred_on < from_day;
--! part stock_received
SELECT s.id, s.delta FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked
WHERE s.occurred_on BETWEEN from_day AND as_of AND s.reason NOT IN ('hand_out', 'mail', 'damage');
--! part stock_sent
SELECT s.id, -s.delta FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked
WHERE s.occurred_on BETWEEN from_day AND as_of AND s.reason IN ('hand_out', 'mail');
--! part stock_damaged
SELECT s.id, -s.delta FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked
WHERE s.occurred_on BETWEEN from_day AND as_of AND s.reason = 'damage';
--! part stock_closing
SELECT s.id, s.delta FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked
WHERE s.occurred_on <= as_of;

--! figure 55 day along
--! value
SELECT id, 1 FROM service_day;
--! of
SELECT scope, CAST(julianday(as_of) - julianday(from_day) AS INTEGER) + 1 FROM asked;
--! part on_duty
WITH RECURSIVE every(day) AS (SELECT from_day FROM asked UNION ALL SELECT date(day, '+1 day') FROM every, asked WHERE day < as_of),
shift AS MATERIALIZED (SELECT (SELECT min(s.id) FROM live_duty_shift s
  WHERE s."from" <= every.day AND coalesce(s."to", s."from") >= every.day) AS id FROM every)
SELECT id, count(*) FROM shift WHERE id IS NOT NULL GROUP BY id;

--! figure 56 squad
--! value
SELECT n.id, 1 FROM team_now n WHERE (SELECT count(DISTINCT t.origin) FROM all_team_member t, asked
  WHERE t.team_id = n.id AND coalesce(t."from", '') <= as_of AND (t."to" IS NULL OR t."to" > as_of)) = 6;
--! of
SELECT id, 1 FROM team_now;

--! figure 57 squad
--! value
SELECT id, 1 FROM team_now WHERE team_kind = 'task';

--! figure 58 session
--! value
SELECT id, 1 FROM activity_now WHERE kind IN ('health_lecture', 'skill', 'training', 'rights_advice', 'coordination', 'mediation', 'counselling');
--! split activity_kind
SELECT id, 1, kind FROM activity_now WHERE kind IN ('health_lecture', 'skill', 'training', 'rights_advice', 'coordination', 'mediation', 'counselling');
--! part consultations
SELECT c.id, 1 FROM live_consultation c, asked WHERE c.occurred_on BETWEEN from_day AND as_of
  AND EXISTS (SELECT 1 FROM consultation_topics t WHERE t.id = c.id AND t.element IN ('job', 'rights'));

--! figure 59 session
--! value
SELECT id, 1 FROM activity_now WHERE festival IS NOT NULL;
--! part members_home
SELECT DISTINCT e.member, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id, asked
WHERE f.home_from <= as_of AND coalesce(f.home_to, f.home_from) >= from_day;
--! part returned
SELECT DISTINCT e.member, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id, asked
WHERE f.returned_on BETWEEN from_day AND as_of AND coalesce(f.end_kind, 'returned') = 'returned';

--! figure 60 session
--! value
SELECT a.id, 1 FROM activity_now a WHERE a.kind = 'volunteer' AND EXISTS (SELECT 1 FROM any_mobile_present t WHERE t.activity_id = a.id);
--! part person_times
SELECT t.id, 1 FROM present t JOIN activity_now a ON a.id = t.activity_id WHERE a.kind = 'volunteer'
  AND EXISTS (SELECT 1 FROM any_mobile_present m WHERE m.activity_id = a.id);
--! part minutes
SELECT a.id, (strftime('%s', a.ended) - strftime('%s', a.began)) / 60 FROM activity_now a WHERE a.kind = 'volunteer'
  AND a.ended > a.began AND EXISTS (SELECT 1 FROM any_mobile_present t WHERE t.activity_id = a.id);
--! part without_mobile
SELECT a.id, 1 FROM activity_now a WHERE a.kind = 'volunteer' AND NOT EXISTS (SELECT 1 FROM any_mobile_present t WHERE t.activity_id = a.id);
