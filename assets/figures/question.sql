-- The question itself: ?1 unit, ?2 first day, ?3 as of, ?4 current divisions.
-- Parameters (kind parameter): of the unit asked for or the nearest above it that says one, else of nobody in particular; the latest
-- that holds on the day. What a township says for itself changes nothing in the county's own numbers. What is no number was not said, and one that cannot be
-- (client/view/due.cpp, due_rules) leaves the default, which stands here.
INSERT INTO asked
WITH RECURSIVE above(id, steps) AS (
  SELECT id_text(r_id), 0 FROM k_org_unit WHERE CASE ?1 WHEN '' THEN parent_id IS NULL ELSE id_text(r_id) = ?1 END
  UNION SELECT u.parent_id, steps + 1 FROM above JOIN k_org_unit u ON id_text(u.r_id) = above.id
  WHERE u.parent_id IS NOT NULL AND steps < 20),
ranked(name, value, place) AS (
  SELECT name, CAST(value AS TEXT), row_number() OVER (PARTITION BY name ORDER BY coalesce(steps, 99), coalesce("from", '') DESC, r_id DESC)
  FROM k_parameter LEFT JOIN above ON above.id = org_id
  WHERE r_flags & 195 = 0 AND coalesce("from", '') <= ?3 AND (org_id IS NULL OR steps IS NOT NULL)
    AND (name = 'meeting_unit' OR (value <> '' AND value NOT GLOB '*[^0-9]*'))),
stated(name, value) AS (SELECT name, CASE name WHEN 'meeting_unit' THEN value ELSE CAST(value AS INTEGER) END FROM ranked WHERE place = 1)
SELECT ?1, ?2, ?3, ?4, substr(?3, 1, 7), substr(?3, 1, 7) || '-01',
  substr(?3, 1, 4) || 'Q' || ((substr(?3, 6, 2) + 2) / 3),
  substr(?3, 1, 4) || '-' || substr('0' || (((substr(?3, 6, 2) + 2) / 3) * 3 - 2), -2) || '-01',
  substr(?3, 1, 4),
  min(date(?3, '-6 months'), date(?3, 'start of month', '-5 months', '-1 day')),
  min(date(?3, '-12 months'), date(?3, 'start of month', '-11 months', '-1 day')),
  coalesce((SELECT value FROM stated WHERE name = 'mobile_months' AND value BETWEEN 0 AND 120), 6),
  coalesce((SELECT value FROM stated WHERE name = 'contact_interval_days' AND value BETWEEN 1 AND 3660), 30),
  coalesce((SELECT value FROM stated WHERE name = 'abroad_interval_days' AND value BETWEEN 1 AND 3660), 182),
  coalesce((SELECT value FROM stated WHERE name = 'lost_months' AND value BETWEEN 1 AND 120), 6),
  coalesce((SELECT value FROM stated WHERE name = 'failed_attempts' AND value BETWEEN 1 AND 100), 3),
  coalesce((SELECT value FROM stated WHERE name = 'certificate_months' AND value BETWEEN 0 AND 120), 6),
  coalesce((SELECT value FROM stated WHERE name = 'close_day' AND value BETWEEN 1 AND 28), 5),
  coalesce((SELECT value FROM stated WHERE name = 'meeting_unit' AND value IN ('township', 'county')), 'group'),
  coalesce((SELECT value FROM stated WHERE name = 'resend_counts_once' AND value BETWEEN 0 AND 1), 1),
  coalesce((SELECT value FROM stated WHERE name = 'family_study_counts' AND value BETWEEN 0 AND 1), 1),
  coalesce((SELECT value FROM stated WHERE name = 'tables_by_leaving' AND value BETWEEN 0 AND 1), 0);

DELETE FROM scope_unit;
INSERT INTO scope_unit
WITH RECURSIVE covered(id) AS (
  SELECT scope FROM asked
  UNION
  SELECT id_text(u.r_id) FROM k_org_unit u, covered, asked
  WHERE u.r_flags & 3 = 0
    AND (u.parent_id = covered.id OR (covered.id = '' AND u.parent_id IS NULL)
         OR (asked.current_divisions AND covered.id <> '' AND instr(u.merged_into, covered.id) > 0)))
SELECT id FROM covered WHERE id <> '';

DELETE FROM same;
INSERT INTO same
SELECT id_text(c.record), id_text(c.canonical), coalesce(r.flags & 3 = 0, 0)
FROM cluster c LEFT JOIN record r ON r.id = c.record WHERE c.record <> c.canonical;
