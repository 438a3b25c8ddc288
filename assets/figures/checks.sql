-- What the numbers must agree with before they are handed in (domain.md 3, end). How to read it: members.sql.
--
-- --! check NAME ROW at_most|equal   first query: a number (NULL = that of figure ROW) and what it must not exceed, or be;
-- second query: the records that do not fit. A check holds when the numbers agree and the second list is empty.

--! check tables 14 at_most
SELECT (SELECT count(DISTINCT village) FROM table_now), (SELECT count(*) FROM level_unit WHERE level = 'village');
SELECT id FROM table_now WHERE village NOT IN (SELECT id FROM level_unit WHERE level = 'village');

--! check registers 15 equal
SELECT NULL, count(*) FROM level_unit WHERE level = 'township';
SELECT id FROM level_unit WHERE level = 'township' AND id NOT IN (SELECT township FROM register_now);

--! check packages 53 at_most
SELECT (SELECT count(DISTINCT delivery) FROM counted_line WHERE kind = 'red_package' AND mode = 'courier'),
  (SELECT count(*) FROM sent_delivery WHERE mode = 'courier');
SELECT DISTINCT l.delivery FROM counted_line l WHERE l.kind = 'red_package' AND l.mode = 'courier'
  AND l.delivery NOT IN (SELECT id FROM sent_delivery WHERE mode = 'courier');

--! check packs_sent 54 equal
SELECT (SELECT coalesce(sum(qty), 0) FROM sent_line WHERE kind = 'study_pack'), coalesce(sum(-s.delta), 0)
FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked
WHERE s.occurred_on BETWEEN from_day AND as_of AND s.reason IN ('hand_out', 'mail');
SELECT NULL WHERE 0;

--! check packs_balance 54 equal
SELECT coalesce(sum(CASE WHEN s.occurred_on < from_day OR s.reason IS NOT NULL THEN s.delta END), 0), coalesce(sum(s.delta), 0)
FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked WHERE s.occurred_on <= as_of;
SELECT s.id FROM live_stock_movement s JOIN live_material m ON m.id = s.material_id AND m.kind = 'study_pack', asked
WHERE s.occurred_on BETWEEN from_day AND as_of AND s.reason IS NULL;

--! check visits 45 at_most
SELECT NULL, count(*) FROM met_visit;
SELECT id FROM study_visit WHERE id NOT IN (SELECT id FROM met_visit);

--! check sessions 60 at_most
SELECT NULL, count(*) FROM activity_now;
SELECT DISTINCT t.activity_id FROM present t, asked
WHERE t.here AND t.activity_kind = 'volunteer' AND t.occurred_on BETWEEN from_day AND as_of
  AND t.activity_id IN (SELECT id FROM all_activity WHERE kind <> 'volunteer');

--! check answered 37 at_most
SELECT NULL, count(*) FROM asked_case, asked WHERE opened_on <= as_of;
SELECT id FROM asked_case, asked WHERE answered_on BETWEEN from_day AND as_of AND coalesce(opened_on, '9') > answered_on;
