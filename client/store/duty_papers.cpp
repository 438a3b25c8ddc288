#include "client/store/duty_papers.hpp"

#include "client/store/kind_number.hpp"
#include "client/store/stands_twice.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;

namespace {

Status read_confirmed(Database& database, const std::string& sql, DutyFacts& facts) {
  std::map<Id, DutyTable*> tables;
  for (DutyTable& one : facts.tables)
    tables.emplace(one.unit, &one);
  auto select = database.prepare(sql);
  return each_row(select, [&] {
    const auto found = tables.find(reference_in(select.text(0)));
    if (found != tables.end()) found->second->confirmed.insert(select.text(1));
  });
}

}  // namespace

/// Until somebody links or opens a question for the same member, or solves it at a later consultation.
Status read_consultations(Database& database, const Date& today, DutyScope& scope, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT c.r_id, c.member_id, c.occurred_on, c.r_scope FROM k_consultation c WHERE c.r_flags & 195 = 0 "
      "AND c.solved_on_spot = 0 AND c.case_id IS NULL AND c.occurred_on BETWEEN ?2 AND ?1 AND (c.member_id "
      "IS "
      "NULL OR NOT EXISTS (SELECT 1 FROM record r LEFT JOIN k_case_item i ON i.r_id = r.id LEFT JOIN "
      "k_consultation n ON n.r_id = r.id WHERE r.parent = c.r_parent AND r.parent != "
      "x'00000000000000000000000000000000' AND r.kind IN (" +
      kind_number("case_item") + ", " + kind_number("consultation") +
      ") AND r.flags & 3 = 0 AND r.id <> c.r_id AND (i.opened_on >= c.occurred_on OR (n.solved_on_spot = 1 "
      "AND n.occurred_on >= c.occurred_on)))) ORDER BY c.occurred_on, c.r_id");
  select.bind_text(1, today.text()).bind_text(2, today.plus_days(-kConsultationDays).text());
  facts.consultations.clear();
  return each_row(select, [&] {
    if (!scope.holds(select.id(3))) return;
    facts.consultations.push_back({select.id(0), scope.person(reference_in(select.text(1))), select.text(2)});
  });
}

Status read_corrections(Database& database, const Date& today, DutyScope& scope, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT r_id, member_id, due_on, r_scope FROM k_correction WHERE r_flags & 195 = 0 AND ifnull(state, "
      "'open') = 'open' AND ifnull(occurred_on, '') <= ? ORDER BY due_on IS NULL, due_on, r_id");
  select.bind_text(1, today.text());
  facts.corrections.clear();
  return each_row(select, [&] {
    if (!scope.holds(select.id(3))) return;
    facts.corrections.push_back({select.id(0), scope.person(reference_in(select.text(1))), select.text(2)});
  });
}

/// Of the units whose own records are here and that there are today (rows 14, 15).
Status read_tables(Database& database, const Date& today, DutyScope& scope, DutyFacts& facts) {
  auto units = database.prepare(
      "SELECT r_id, name, kind IN ('township', 'street') FROM k_org_unit WHERE r_flags & 195 = 0 AND kind IN "
      "('village', 'community', 'township', 'street') AND ifnull(\"from\", '') <= ?1 AND (\"to\" IS NULL OR "
      "\"to\" >= ?1) AND r_id IN (SELECT scope FROM held) ORDER BY name, r_id");
  units.bind_text(1, today.text());
  facts.tables.clear();
  LX_DO(each_row(units, [&] {
    if (scope.holds(units.id(0)))
      facts.tables.push_back({units.id(0), units.text(1), units.integer(2) != 0, {}});
  }));
  if (facts.tables.empty()) return {};
  LX_DO(
      read_confirmed(database,
                     "SELECT village_id, quarter FROM k_village_table WHERE r_flags & 195 = 0 AND quarter IS "
                     "NOT NULL AND state IN ('village_confirmed', 'township_checked', 'county_accepted')",
                     facts));
  return read_confirmed(database,
                        "SELECT township_id, quarter FROM k_township_register WHERE r_flags & 195 = 0 AND "
                        "quarter IS NOT NULL AND state IN ('township_checked', 'county_accepted')",
                        facts);
}

/// Open ones; what was solved on the spot waits for nobody's answer.
Status read_cases(Database& database, const std::string& last_event, const std::string& today,
                  DutyScope& scope, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT r_id, member_id, topic, due_on, r_scope, answered_on <= ?1 OR last IN ('answered', "
      "'followed_up') "
      "OR level = 'on_spot' FROM (SELECT c.*, " +
      last_event +
      " AS last FROM k_case_item c WHERE c.r_flags & 195 = 0 AND ifnull(c.opened_on, '') <= ?1 AND "
      "(c.closed_on "
      "IS NULL OR c.closed_on > ?1)) WHERE last <> 'closed' ORDER BY +r_id");
  select.bind_text(1, today);
  facts.cases.clear();
  return each_row(select, [&] {
    if (!scope.holds(select.id(4))) return;
    facts.cases.push_back({select.id(0), scope.person(reference_in(select.text(1))), select.text(2),
                           select.text(3), select.integer(5) != 0});
  });
}

Status read_twice(Database& database, DutyScope& scope, DutyFacts& facts) {
  facts.twice.clear();
  LX_TRY(std::vector<StandsTwice> twice, stands_twice(database, domain::Catalogue::base()));
  for (StandsTwice& one : twice) {
    if (scope.holds(one.scope) || one.scope.is_nil())
      facts.twice.push_back({one.record, std::move(one.kind), std::move(one.text)});
  }
  return {};
}

}  // namespace lianxin::client::store
