-- Rows 1 to 34 of the report: who they are, where they are, who keeps in touch (domain.md 3).
--
-- --! figure ROW UNIT [over] [along] [class]   over: print rounded with 余 (K6); along: of what was done for members, which goes
-- along when they are handed over; class: one that only reaches laptops which may see it, so the number is that of this laptop
-- --! value | of | part NAME [max|min|median]   a query (record, amount); the number is the sum of its amounts
-- --! part NAME hundred                         the sum, told with how many of the figure come on a hundred of it
-- --! split LIST                                a query (record, amount, code of the list): a part for each code
-- What a query compares with the question stands with `asked` in the same SELECT: a subquery that looks out of itself runs for each row.

--! figure 1 person
--! of
SELECT id, 1 FROM mobile;
--! part education
SELECT m.id, 1 FROM mobile m
WHERE m.id IN (SELECT member_id FROM learned, asked WHERE occurred_on BETWEEN q_from AND as_of)
   OR m.id IN (SELECT s.element FROM visit_members s JOIN any_study_visit v ON v.id = s.id, asked WHERE v.occurred_on >= q_from)
   OR m.id IN (SELECT member_id FROM any_sent_line, asked WHERE kind IN ('red_package', 'study_pack') AND sent_on >= q_from);
--! part management
SELECT d.member, 1 FROM contact_due d JOIN last_self l ON l.member = d.member
WHERE l.on_day >= d.since AND d.member IN (SELECT member FROM paired);
--! part role
SELECT m.id, 1 FROM mobile m
WHERE m.id IN (SELECT t.member_id FROM mobile_present t WHERE t.kind = 'volunteer')
   OR m.id IN (SELECT member_id FROM points_standing);

--! figure 2 none

--! figure 3 field
--! value
SELECT id, (name IS NOT NULL) + (gender IS NOT NULL) + (ethnic IS NOT NULL) + (id_no IS NOT NULL OR id_missing_reason IS NOT NULL)
  + (born_on IS NOT NULL) + (member_class IS NOT NULL) + (affiliation_org_id IS NOT NULL OR affiliation_text IS NOT NULL)
  + (joined_on IS NOT NULL) + (home_address IS NOT NULL) + (standing IS NOT NULL)
  + (no_phone_reason IS NOT NULL OR id IN (SELECT member_id FROM contact_now WHERE value IS NOT NULL)) FROM member
UNION ALL
SELECT e.id, (f.left_on IS NOT NULL) + (f.kind IS NOT NULL) + (f.reason IS NOT NULL) + (f.link_status IS NOT NULL)
  + (f.dest_division IS NOT NULL OR e.id IN (SELECT id FROM abroad_episode))
FROM episode e JOIN member m ON m.id = e.member JOIN all_mobility_episode f ON f.id = e.id WHERE e.is_open;
--! of
SELECT id, 11 FROM member
UNION ALL
SELECT e.id, 5 FROM episode e JOIN member m ON m.id = e.member WHERE e.is_open;

--! figure 4 person
--! value
SELECT m.id, 1 FROM member m WHERE m.collect_mode = 'everyday'
  OR m.id IN (SELECT member_id FROM all_mobility_episode WHERE collect_mode = 'everyday');
--! of
SELECT id, 1 FROM member;

--! figure 5 person
--! value
SELECT DISTINCT m.id, 1 FROM member m JOIN all_survey_answer a ON a.member_id = m.id JOIN all_survey s ON s.id = a.survey_id, asked
WHERE s.kind = 'collection' AND a.occurred_on BETWEEN from_day AND as_of;
--! of
SELECT id, 1 FROM member;

--! figure 6 month
--! value
SELECT min(id), 1 FROM closed_month WHERE in_time GROUP BY org_id, month;
--! of
SELECT u.id, (SELECT count(*) FROM close_due) FROM level_unit u WHERE u.level = 'township';
--! part late
SELECT min(id), 1 FROM closed_month GROUP BY org_id, month HAVING max(in_time) = 0;

--! figure 7 person
--! value
SELECT m.id, 1 FROM mobile m WHERE m.id IN (SELECT r.member_id FROM all_quarter_refresh r JOIN asked ON asked.quarter = r.quarter);
--! of
SELECT id, 1 FROM mobile;

--! figure 8 person
--! value
SELECT id, 1 FROM first_outflow;
--! split discovery
SELECT id, 1, discovery FROM first_outflow;

--! figure 9 place
--! value
SELECT v.id, 1 FROM venue_of_period v WHERE v.id IN (SELECT venue_id FROM activity_now);
--! of
SELECT id, 1 FROM venue_of_period;
--! part events
SELECT id, 1 FROM activity_now WHERE venue_id IS NOT NULL;

--! figure 10 time along
--! value
SELECT v.id, 1 FROM live_visit v, asked WHERE v.occurred_on BETWEEN from_day AND as_of AND v.mode IN ('door', 'venue', 'workplace')
  AND EXISTS (SELECT 1 FROM visit_workers w JOIN role_time r ON r.worker = w.element AND r.role = 'adviser'
    AND v.occurred_on >= r."from" AND v.occurred_on < r."to" WHERE w.id = v.id);
--! part met
SELECT v.id, 1 FROM live_visit v, asked WHERE v.occurred_on BETWEEN from_day AND as_of AND v.mode IN ('door', 'venue', 'workplace')
  AND v.outcome = 'met'
  AND EXISTS (SELECT 1 FROM visit_workers w JOIN role_time r ON r.worker = w.element AND r.role = 'adviser'
    AND v.occurred_on >= r."from" AND v.occurred_on < r."to" WHERE w.id = v.id);

--! figure 11 person
--! value
SELECT id, 1 FROM member WHERE verify_level IN ('branch', 'committee', 'county') AND id NOT IN (SELECT member FROM changed_since);
--! of
SELECT id, 1 FROM member;
--! split verify_level
SELECT id, 1, verify_level FROM member
WHERE verify_level IN ('branch', 'committee', 'county') AND id NOT IN (SELECT member FROM changed_since);
--! part changed_since
SELECT id, 1 FROM member WHERE verify_level IN ('branch', 'committee', 'county') AND id IN (SELECT member FROM changed_since);

--! figure 12 field
--! value
SELECT e.id, (f.usual_place IS NOT NULL) + (f.employer IS NOT NULL) + (f.employer_contact IS NOT NULL)
  + (e.member IN (SELECT member_id FROM contact_now WHERE owner = 'self' AND value IS NOT NULL))
FROM episode e JOIN all_mobility_episode f ON f.id = e.id WHERE e.is_open;
--! of
SELECT id, 4 FROM episode WHERE is_open;
--! part usual_place
SELECT e.id, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id WHERE e.is_open AND f.usual_place IS NOT NULL;
--! part employer
SELECT e.id, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id WHERE e.is_open AND f.employer IS NOT NULL;
--! part employer_contact
SELECT e.id, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id WHERE e.is_open AND f.employer_contact IS NOT NULL;
--! part own_contact
SELECT id, 1 FROM episode WHERE is_open AND member IN (SELECT member_id FROM contact_now WHERE owner = 'self' AND value IS NOT NULL);

--! figure 13 time along
--! value
SELECT c.id, 1 FROM live_contact_attempt c, asked WHERE c.occurred_on BETWEEN from_day AND as_of
  AND c.channel IN ('dest_org', 'employer') AND c.outcome IN ('reached_self', 'reached_family');

--! figure 14 sheet
--! value
SELECT id, 1 FROM level_unit WHERE level = 'village' AND id IN (SELECT village FROM table_now);
--! of
SELECT id, 1 FROM level_unit WHERE level = 'village';
--! part nil_return
SELECT id, 1 FROM level_unit WHERE level = 'village' AND id IN (SELECT village FROM table_now WHERE nil_return);

--! figure 15 volume
--! value
SELECT u.id, 1 FROM level_unit u WHERE u.level = 'township' AND u.id IN (SELECT township FROM register_now)
  AND NOT EXISTS (SELECT 1 FROM level_unit v WHERE v.level = 'village' AND v.parent_id = u.id
    AND v.id NOT IN (SELECT village FROM table_now));
--! of
SELECT id, 1 FROM level_unit WHERE level = 'township';

--! figure 16 day
-- Of a village that has gone up in another nobody is left whose card could be old: its people are that one's.
--! part oldest max
SELECT u.id, CAST(julianday(as_of) - julianday(coalesce(k.on_day, from_day)) AS INTEGER) FROM level_unit u LEFT JOIN (
  SELECT p.village, max(w.on_day) AS on_day FROM last_card w JOIN person p ON p.id = w.member GROUP BY p.village) k
  ON k.village = u.id, asked WHERE u.level = 'village' AND (k.village IS NOT NULL OR u.id NOT IN (SELECT id FROM org_unit_merged_into));
--! part usual median
SELECT u.id, CAST(julianday(as_of) - julianday(coalesce(k.on_day, from_day)) AS INTEGER) FROM level_unit u LEFT JOIN (
  SELECT p.village, max(w.on_day) AS on_day FROM last_card w JOIN person p ON p.id = w.member GROUP BY p.village) k
  ON k.village = u.id, asked WHERE u.level = 'village' AND (k.village IS NOT NULL OR u.id NOT IN (SELECT id FROM org_unit_merged_into));

--! figure 17 person
--! of
SELECT id, 1 FROM mobile;
--! part home
SELECT m.id, 1 FROM mobile m WHERE m.id IN (SELECT member_id FROM mobile_present);
--! part away
SELECT m.id, 1 FROM mobile m, asked WHERE m.id IN (
  SELECT member_id FROM all_certificate WHERE leave_entry_seen AND leave_entry_on BETWEEN from_day AND as_of);

--! figure 18 person
--! value
SELECT id, 1 FROM mobile WHERE id IN (SELECT member FROM in_group);
--! of
SELECT id, 1 FROM mobile;
--! part groups
SELECT id, 1 FROM group_now WHERE here;

--! figure 19 month
--! value
SELECT m.owner, count(*) FROM meeting_month m JOIN meeting_held h ON h.owner = m.owner AND h.month = m.month GROUP BY m.owner;
--! of
SELECT owner, count(*) FROM meeting_month GROUP BY owner;
--! part meetings
SELECT id, 1 FROM activity_now WHERE kind = 'topic_meeting';

--! figure 20 person
--! value
SELECT d.member, 1 FROM contact_due d JOIN last_self l ON l.member = d.member WHERE l.on_day >= d.since;
--! of
SELECT id, 1 FROM mobile;
--! part family_only
SELECT d.member, 1 FROM contact_due d JOIN last_any l ON l.member = d.member LEFT JOIN last_self s ON s.member = d.member
WHERE l.on_day >= d.since AND coalesce(s.on_day, '') < d.since;

--! figure 21 person
--! value
SELECT id, 1 FROM member WHERE name IS NULL OR (id_no IS NULL AND born_on IS NULL) OR (affiliation_org_id IS NULL AND affiliation_text IS NULL);
--! of
SELECT id, 1 FROM member;

--! figure 22 entry
--! value
SELECT e.id, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id WHERE e.is_open AND coalesce(f.dest_division, 'unknown') = 'unknown'
  AND e.id NOT IN (SELECT id FROM abroad_episode);
--! of
SELECT id, 1 FROM episode WHERE is_open;

--! figure 23 person
--! value
SELECT d.member, 1 FROM contact_due d LEFT JOIN last_any l ON l.member = d.member, asked
WHERE coalesce(l.on_day, '') < d.since
   OR (SELECT count(*) FROM failed f WHERE f.member = d.member AND f.on_day > coalesce(l.on_day, '')) >= failed_attempts;
--! of
SELECT id, 1 FROM mobile;
--! part lost
SELECT member, 1 FROM lost_contact;

--! figure 24 person
--! value
SELECT m.id, 1 FROM mobile m WHERE m.id NOT IN (SELECT member FROM paired WHERE member IS NOT NULL)
  OR m.id NOT IN (SELECT f.member_id FROM all_mobility_episode f, asked WHERE f.id = m.episode AND f.checked_in_on <= as_of)
  OR m.id NOT IN (SELECT t.member_id FROM present t, asked WHERE t.member_id IS NOT NULL AND t.occurred_on >= half_ago);
--! of
SELECT id, 1 FROM mobile;
--! part no_liaison
SELECT m.id, 1 FROM mobile m WHERE m.id NOT IN (SELECT member FROM paired WHERE member IS NOT NULL);
--! part not_checked_in
SELECT m.id, 1 FROM mobile m WHERE m.id NOT IN (SELECT f.member_id FROM all_mobility_episode f, asked WHERE f.id = m.episode AND f.checked_in_on <= as_of);
--! part no_org_life
SELECT m.id, 1 FROM mobile m WHERE m.id NOT IN (
  SELECT t.member_id FROM present t, asked WHERE t.member_id IS NOT NULL AND t.occurred_on >= half_ago);

--! figure 25 entry
--! value
SELECT e.id, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id WHERE e.is_open AND f.dest_contact IS NOT NULL AND EXISTS (
  SELECT 1 FROM all_contact_attempt c, asked WHERE c.member_id = e.member AND c.channel = 'dest_org'
    AND c.outcome IN ('reached_self', 'reached_family') AND c.occurred_on BETWEEN from_day AND as_of);
--! of
SELECT id, 1 FROM episode WHERE is_open;

--! figure 26 entry
--! value
SELECT e.id, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id, asked
WHERE e.is_open AND e.is_verified AND f.national_entry_on <= as_of;
--! of
SELECT id, 1 FROM episode WHERE is_open AND is_verified;
--! part changed_since
SELECT e.id, 1 FROM episode e JOIN all_mobility_episode f ON f.id = e.id JOIN changed_since_entry c ON c.episode = e.id, asked
WHERE f.national_entry_on <= as_of;

--! figure 27 person
--! value
SELECT id, 1 FROM mobile WHERE id IN (SELECT w.member FROM last_word w, asked WHERE w.on_day >= q_from)
  OR id IN (SELECT r.member_id FROM all_quarter_refresh r JOIN asked ON asked.quarter = r.quarter);
--! of
SELECT id, 1 FROM mobile;

--! figure 28 time
--! value
SELECT id, 1 FROM live_transfer_request, asked WHERE asked_on BETWEEN from_day AND as_of;
--! part done
SELECT id, 1 FROM live_transfer_request, asked WHERE state = 'done' AND coalesce(done_on, asked_on) BETWEEN from_day AND as_of;
--! split transfer_obstacle
SELECT id, 1, obstacle FROM live_transfer_request, asked WHERE asked_on BETWEEN from_day AND as_of AND coalesce(obstacle, 'none') <> 'none';

--! figure 29 entry along
--! value
SELECT id, 1 FROM live_case_item, asked WHERE opened_on BETWEEN from_day AND as_of;
--! split raised_via
SELECT id, 1, raised_via FROM live_case_item, asked WHERE opened_on BETWEEN from_day AND as_of AND raised_via IS NOT NULL;

--! figure 30 person
--! value
SELECT m.id, 1 FROM mobile m WHERE (SELECT count(*) FROM paired p WHERE p.member = m.id) = 1;
--! of
SELECT id, 1 FROM mobile;
--! part per_liaison_min min
SELECT p.worker, count(DISTINCT p.member) FROM paired p JOIN mobile m ON m.id = p.member GROUP BY p.worker;
--! part per_liaison_median median
SELECT p.worker, count(DISTINCT p.member) FROM paired p JOIN mobile m ON m.id = p.member GROUP BY p.worker;
--! part per_liaison_max max
SELECT p.worker, count(DISTINCT p.member) FROM paired p JOIN mobile m ON m.id = p.member GROUP BY p.worker;

--! figure 31 person
--! value
SELECT m.id, 1 FROM mobile m WHERE m.id IN (SELECT member FROM paired);
--! of
SELECT id, 1 FROM mobile;
--! part without
SELECT m.id, 1 FROM mobile m WHERE m.id NOT IN (SELECT member FROM paired WHERE member IS NOT NULL);

--! figure 32 person
--! value
SELECT DISTINCT member, 1 FROM untransferred WHERE member IN (SELECT member_id FROM certificate_now);
--! of
SELECT DISTINCT member, 1 FROM untransferred, asked WHERE certificate_on <= as_of;

--! figure 33 time along
--! value
SELECT c.id, 1 FROM live_correction c, asked WHERE c.state = 'accepted' AND coalesce(c.decided_on, c.occurred_on) BETWEEN from_day AND as_of;
--! part members hundred
SELECT id, 1 FROM member;
--! part oldest_unverified max
SELECT m.id, CAST(julianday(as_of) - julianday(u.since) AS INTEGER) FROM member m JOIN unverified_since u ON u.member = m.id, asked;

--! figure 34 time along
--! value
SELECT id, 1 FROM talk;
--! part person_times
SELECT id, persons FROM talk;
--! part persons
SELECT p.id, 1 FROM mobile p WHERE p.id IN (
  SELECT m.element FROM any_talk t JOIN visit_members m ON m.id = t.id WHERE t.kind = 'visit')
 OR p.id IN (SELECT c.member_id FROM any_talk t JOIN all_contact_attempt c ON c.id = t.id WHERE t.kind = 'call');
--! part mobile
SELECT id, 1 FROM mobile;
