-- Two visits to one member on one day by two workers may be one occasion (domain.md 5.6): the visits that are here are
-- looked through like members and deliveries. 12 = visit.
INSERT OR IGNORE INTO twin_todo SELECT id FROM record WHERE kind = 12;
