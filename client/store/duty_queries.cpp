#include "client/store/duty_queries.hpp"

#include <algorithm>

#include "client/store/duty_facts.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;
using lianxin::store::Statement;

namespace {

/// The latest that holds, as the figures take them (assets/figures/question.sql).
Status read_parameters(Database& database, const std::string& today, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT name, CAST(value AS INTEGER), max(ifnull(\"from\", '')) FROM k_parameter WHERE r_flags & 195 = "
      "0 "
      "AND ifnull(\"from\", '') <= ? GROUP BY name");
  select.bind_text(1, today);
  LX_DO(each_row(select, [&] { facts.parameters[select.text(0)] = static_cast<int>(select.integer(1)); }));
  auto days = database.prepare(
      "SELECT festival, \"on\", \"from\", \"to\" FROM k_festival_day WHERE r_flags & 195 = 0 AND festival IS "
      "NOT "
      "NULL AND \"on\" IS NOT NULL ORDER BY \"on\"");
  return each_row(days, [&] {
    facts.festivals.push_back({days.text(0), days.text(1), days.text(2), days.text(3)});
  });
}

Status read_cases(Database& database, const std::string& today, DutyScope& scope, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT c.r_id, c.member_id, c.topic, c.due_on, c.r_scope FROM k_case_item c WHERE c.r_flags & 195 = 0 "
      "AND c.due_on IS NOT NULL AND ifnull(c.opened_on, '') <= ?1 AND ifnull(c.closed_on > ?1, 1) AND "
      "ifnull((SELECT e.kind FROM record r JOIN k_case_event e ON e.r_id = r.id WHERE r.parent = c.r_id AND "
      "e.r_flags & 195 = 0 AND e.occurred_on <= ?1 ORDER BY e.occurred_on DESC, e.r_id DESC LIMIT 1), '') <> "
      "'closed'");
  select.bind_text(1, today);
  return each_row(select, [&] {
    const Id person = scope.person(reference_in(select.text(1)));
    if (!scope.holds(select.id(4)) || scope.gone(person) != nullptr) return;
    facts.cases.push_back({select.id(0), person, select.text(2), select.text(3)});
  });
}

/// Sent or handed over before the death was known here, on a day after it: for a quarter of a year, until it
/// is written down that it came back or was called off.
Status read_parcels_of_the_dead(Database& database, const std::string& today, DutyScope& scope,
                                DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT DISTINCT d.r_id, d.member_id, ifnull(d.dispatched_on, d.received_on), d.r_scope FROM "
      "k_mobility_episode o JOIN k_delivery d ON d.r_parent = o.r_parent WHERE o.r_flags & 3 = 0 AND "
      "o.end_kind = 'died' AND d.r_flags & 195 = 0 AND ifnull(d.dispatched_on, d.received_on) > "
      "o.returned_on "
      "AND ifnull(d.dispatched_on, d.received_on) BETWEEN date(?1, '-90 days') AND ?1 AND NOT EXISTS (SELECT "
      "1 "
      "FROM record r JOIN k_delivery_event e ON e.r_id = r.id WHERE r.parent = d.r_id AND e.r_flags & 195 = "
      "0 "
      "AND e.kind IN ('refused', 'returned', 'cancelled'))");
  select.bind_text(1, today);
  return each_row(select, [&] {
    const Id person = scope.person(reference_in(select.text(1)));
    const std::string* gone = scope.gone(person);
    const bool is_told = std::any_of(facts.parcels.begin(), facts.parcels.end(),
                                     [&](const DutyParcel& one) { return one.record == select.id(0); });
    if (gone == nullptr || is_told || !scope.holds(select.id(3))) return;
    facts.parcels.push_back({select.id(0), person, select.text(2), true, *gone});
  });
}

Status read_parcels(Database& database, const std::string& today, DutyScope& scope, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT d.r_id, d.member_id, d.dispatched_on, d.r_scope FROM k_delivery d WHERE d.r_flags & 195 = 0 "
      "AND "
      "d.member_id IS NOT NULL AND d.dispatched_on <= ?1 AND ifnull(d.received_on > ?1, 1) AND d.mode = "
      "'courier' AND ifnull((SELECT e.kind FROM record r JOIN k_delivery_event e ON e.r_id = r.id WHERE "
      "r.parent = d.r_id AND e.r_flags & 195 = 0 AND e.occurred_on <= ?1 ORDER BY e.occurred_on DESC, e.r_id "
      "DESC LIMIT 1), '') NOT IN ('signed_self', 'signed_proxy', 'refused', 'returned', 'cancelled')");
  select.bind_text(1, today);
  LX_DO(each_row(select, [&] {
    const Id person = scope.person(reference_in(select.text(1)));
    if (!scope.holds(select.id(3))) return;
    const std::string* gone = scope.gone(person);
    if (gone == nullptr) facts.parcels.push_back({select.id(0), person, select.text(2), false, ""});
    if (gone != nullptr) facts.parcels.push_back({select.id(0), person, select.text(2), true, *gone});
  }));
  return read_parcels_of_the_dead(database, today, scope, facts);
}

/// Groups with a topic meeting in the month; a meeting of two groups is one of both (row 19).
Status read_groups(Database& database, const Date& today, DutyScope& scope, DutyFacts& facts) {
  const domain::Kind* activity = domain::Catalogue::base().kind("activity");
  auto select = database.prepare(
      "SELECT g.r_id, g.name, g.r_scope, EXISTS (SELECT 1 FROM element e JOIN k_activity a ON a.r_id = "
      "e.record WHERE e.kind = ?1 AND e.field = ?2 AND e.element = id_text(g.r_id) AND a.r_flags & 195 = 0 "
      "AND "
      "a.kind = 'topic_meeting' AND a.occurred_on BETWEEN ?3 AND ?4) FROM k_contact_group g WHERE g.r_flags "
      "& "
      "195 = 0 AND ifnull(g.\"from\", '') <= ?4 AND (g.\"to\" IS NULL OR g.\"to\" > ?4) ORDER BY g.name");
  select.bind(1, int{activity->wire}).bind(2, int{activity->field("group_ids")->wire});
  select.bind_text(3, Date{today.year, today.month, 1}.text()).bind_text(4, today.text());
  return each_row(select, [&] {
    if (scope.holds(select.id(2)))
      facts.groups.push_back({select.id(0), select.id(2), select.text(1), select.integer(3) != 0});
  });
}

Status read_surveys(Database& database, const Date& today, DutyScope& scope, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT r_id, name, \"to\", org_id FROM k_survey WHERE r_flags & 195 = 0 AND ifnull(\"from\", '') <= "
      "?1 AND "
      "(\"to\" IS NULL OR \"to\" >= ?2) ORDER BY \"to\" IS NULL, \"to\"");
  select.bind_text(1, today.text()).bind_text(2, today.plus_days(-30).text());
  LX_DO(each_row(select, [&] {
    DutySurvey survey{select.id(0), select.text(1), select.text(2), 0, 0};
    const Id unit = reference_in(select.text(3));
    for (const DutyMember& member : facts.members)
      survey.all += unit.is_nil() || scope.is_below(member.home, unit) ? 1 : 0;
    facts.surveys.push_back(std::move(survey));
  }));
  if (facts.surveys.empty()) return {};
  std::unordered_map<Id, bool> ours;
  for (const DutyMember& member : facts.members)
    ours[member.contact.member] = true;
  std::map<std::string, std::unordered_map<Id, bool>> covered;
  auto answers = database.prepare(
      "SELECT survey_id, r_parent FROM k_survey_answer WHERE r_flags & 195 = 0 AND survey_id IS NOT NULL AND "
      "occurred_on <= ?");
  answers.bind_text(1, today.text());
  LX_DO(each_row(answers, [&] {
    const Id person = scope.person(answers.id(1));
    if (ours.count(person) > 0) covered[answers.text(0)][person] = true;
  }));
  for (DutySurvey& survey : facts.surveys)
    survey.covered = static_cast<std::uint32_t>(covered[survey.record.text()].size());
  return {};
}

Status read_close(Database& database, const Date& today, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT 1 FROM k_month_close WHERE r_flags & 195 = 0 AND month = ? AND state = 'closed' AND "
      "ifnull(closed_on, '') <= ?");
  const std::string month = Date{today.year, today.month, 1}.plus_days(-1).text().substr(0, 7);
  select.bind_text(1, month).bind_text(2, today.text());
  LX_TRY(facts.has_closed_last_month, select.step());
  return {};
}

}  // namespace

std::string quarter_text(const Date& day) {
  return std::to_string(day.year) + "Q" + std::to_string((day.month + 2) / 3);
}

Result<DutyFacts> duty_facts(Database& database, const DutyAsked& asked) {
  DutyFacts facts;
  LX_TRY(DutyScope scope, DutyScope::read(database, asked));
  const std::string today = asked.today.text();
  LX_DO(read_duty_members(database, asked, scope, facts));
  LX_DO(read_parameters(database, today, facts));
  LX_DO(read_cases(database, today, scope, facts));
  LX_DO(read_parcels(database, today, scope, facts));
  LX_DO(read_groups(database, asked.today, scope, facts));
  LX_DO(read_surveys(database, asked.today, scope, facts));
  LX_DO(read_close(database, asked.today, facts));
  return facts;
}

}  // namespace lianxin::client::store
