-- Most records are one change, as their author wrote it: its bytes are in the log, and a state that nothing but this
-- change makes need not lie beside it once more. There `base` is an integer, the `seq` of the change (told_state.hpp).
DROP VIEW class_state;
CREATE VIEW class_state AS
  SELECT r.id AS record, s.place & 255 AS privacy,
         CASE typeof(s.base)
           WHEN 'integer' THEN (SELECT state_of(c.body, c.vals, c.effective_ms, c.suspect) FROM change c WHERE c.seq = s.base)
           ELSE s.base END AS base,
         s.shown
    FROM record r JOIN state s ON s.place BETWEEN 256 * r.number AND 256 * r.number + 255;
-- Whatever becomes of the change, the state stays what it was.
CREATE TRIGGER told_state_outlives AFTER DELETE ON change BEGIN
  UPDATE state SET base = state_of(old.body, old.vals, old.effective_ms, old.suspect)
    WHERE place = (SELECT 256 * number + old.privacy FROM record WHERE id = old.record) AND base = old.seq;
END;
CREATE TRIGGER told_state_stays
AFTER UPDATE OF seq, replica, counter, record, privacy, body, vals, effective_ms, suspect ON change BEGIN
  UPDATE state SET base = state_of(old.body, old.vals, old.effective_ms, old.suspect)
    WHERE place = (SELECT 256 * number + old.privacy FROM record WHERE id = old.record) AND base = old.seq;
END;
