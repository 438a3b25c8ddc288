-- The question itself: ?1 unit, ?2 first day, ?3 as of, ?4 current divisions.
-- Parameters are the county's (kind parameter, the latest that holds on the day); the numbers here are the defaults.
INSERT INTO asked
WITH stated(name, value, since) AS (
  SELECT name, CAST(value AS INTEGER), max(coalesce("from", '')) FROM k_parameter
  WHERE r_flags & 195 = 0 AND coalesce("from", '') <= ?3 GROUP BY name)
SELECT ?1, ?2, ?3, ?4, substr(?3, 1, 7), substr(?3, 1, 7) || '-01',
  substr(?3, 1, 4) || 'Q' || ((substr(?3, 6, 2) + 2) / 3),
  substr(?3, 1, 4) || '-' || substr('0' || (((substr(?3, 6, 2) + 2) / 3) * 3 - 2), -2) || '-01',
  substr(?3, 1, 4),
  coalesce((SELECT value FROM stated WHERE name = 'mobile_months'), 6),
  coalesce((SELECT value FROM stated WHERE name = 'contact_interval_days'), 30),
  coalesce((SELECT value FROM stated WHERE name = 'failed_attempts'), 3),
  coalesce((SELECT value FROM stated WHERE name = 'certificate_months'), 6),
  coalesce((SELECT value FROM stated WHERE name = 'resend_counts_once'), 1),
  coalesce((SELECT value FROM stated WHERE name = 'family_study_counts'), 1);

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
INSERT INTO same SELECT id_text(record), id_text(canonical) FROM cluster WHERE record <> canonical;
