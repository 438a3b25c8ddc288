#include "client/store/duty_queries.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "client/store/clusters.hpp"
#include "client/store/duty_facts.hpp"
#include "client/store/duty_papers.hpp"
#include "client/store/gone_members.hpp"
#include "client/store/kind_number.hpp"
#include "client/store/read_alike.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;
using lianxin::store::Statement;

namespace {

/// Of digits alone; 0 = none.
int number_in(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Units in which members live, found by leaps through the index of their names.
Result<std::vector<Id>> homes_of_members(Database& database) {
  std::vector<Id> out;
  auto next = database.prepare("SELECT r_scope FROM k_member WHERE r_scope > ? ORDER BY r_scope LIMIT 1");
  auto any = database.prepare("SELECT 1 FROM k_member WHERE r_scope = ? AND r_flags & 3 = 0 LIMIT 1");
  for (Bytes at;;) {
    LX_TRY(const bool found, next.bind_blob(1, at).step());
    if (!found) return out;
    const Id home = next.id(0);
    next.reset();
    LX_TRY(const bool is_home, any.bind(1, home).step());
    any.reset();
    if (is_home) out.push_back(home);
    at = Bytes(home.bytes());
  }
}

/// Whether what the unit said for itself holds for all that is asked about: whoever lives here (`homes`),
/// also those that are not read yet.
bool covers_all(const DutyAsked& asked, const DutyScope& scope, const std::vector<Id>& homes,
                const Id& unit) {
  if (unit.is_nil()) return true;
  if (!asked.scope.is_nil()) return scope.is_below(asked.scope, unit);
  return std::all_of(homes.begin(), homes.end(), [&](const Id& home) { return scope.is_below(home, unit); });
}

/// Of the nearest unit above all, the latest that holds, as the figures take them
/// (assets/figures/question.sql).
Status read_parameters(Database& database, const DutyAsked& asked, const DutyScope& scope, DutyFacts& facts) {
  const std::string today = asked.today.text();
  facts.parameters.clear();
  facts.meeting_unit.clear();
  facts.festivals.clear();
  LX_TRY(const std::vector<Id> homes, homes_of_members(database));
  auto select = database.prepare(
      "SELECT name, CAST(value AS TEXT), org_id FROM k_parameter WHERE r_flags & 195 = 0 AND name IS NOT "
      "NULL AND "
      "ifnull(\"from\", '') <= ? ORDER BY ifnull(\"from\", ''), r_id");
  select.bind_text(1, today);
  std::map<std::string, Id> said_by;
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    const Id unit = reference_in(select.text(2));
    const std::string name = select.text(0);
    // What is no number was not said.
    if (name != "meeting_unit" && !is_digits(select.text(1))) continue;
    const auto before = said_by.find(name);
    const bool is_nearer =
        before == said_by.end() || before->second.is_nil() || scope.is_below(unit, before->second);
    if (!is_nearer) continue;
    if (!covers_all(asked, scope, homes, unit)) continue;
    said_by[name] = unit;
    facts.parameters[name] = number_in(select.text(1));
    if (name == "meeting_unit") facts.meeting_unit = select.text(1);
  }
  LX_TRY(facts.festivals, county_festivals(database));
  return {};
}

/// Events, alias e, up to the day (?1) of what `parent` names ("= ..."). A parent that is not nil, of one
/// kind: so they are read by index.
std::string events_sql(const std::string& kind, const std::string& parent) {
  return "record r JOIN k_" + kind + " e ON e.r_id = r.id WHERE r.parent " + parent +
         " AND r.parent != x'00000000000000000000000000000000' AND r.kind = " + kind_number(kind) +
         " AND e.r_flags & 195 = 0 AND e.occurred_on <= ?1";
}

std::string last_event_sql(const std::string& kind, const std::string& parent) {
  return "ifnull((SELECT e.kind FROM " + events_sql(kind, parent) +
         " ORDER BY e.occurred_on DESC, e.r_id DESC LIMIT 1), '')";
}

bool is_looked_after_here(const DutyFacts& facts, const Id& person) {
  return facts.members.find(person) != nullptr;
}

/// Whether one of the person's records says that nobody looks after him any more.
Status find_gone(Database& database, DutyParcel& parcel) {
  auto select = database.prepare(
      "SELECT m.name, m.standing, EXISTS (SELECT 1 FROM record r JOIN k_mobility_episode o ON o.r_id = r.id "
      "WHERE r.parent = m.r_id AND r.parent != x'00000000000000000000000000000000' AND o.r_flags & 3 = 0 AND "
      "o.end_kind = 'died') FROM k_member m WHERE "
      "m.r_flags & 3 = 0 AND m.r_id IN " +
      cluster_sql(1));
  select.bind(1, parcel.member);
  return each_row(select, [&] {
    const bool died = select.text(1) == "deceased" || select.integer(2) != 0;
    if (!died && is_looked_after(select.text(1))) return;
    parcel.is_to_gone = true;
    parcel.has_died = parcel.has_died || died;
    parcel.name = select.text(0);
  });
}

/// Other records of the parcel d (clusters.hpp), and what it says or the first of them that says something.
constexpr const char* kTwins =
    "cluster c JOIN k_delivery o ON o.r_id = c.record WHERE c.canonical = d.r_id AND o.r_flags & 3 = 0 AND "
    "o.r_id <> d.r_id";
std::string either_says(const std::string& field) {
  return "ifnull(d." + field + ", (SELECT o." + field + " FROM " + kTwins + " AND o." + field +
         " IS NOT NULL ORDER BY o.r_id LIMIT 1))";
}

/// Open parcels of these persons beside those in the facts; of who is looked after only those a courier has.
/// What was handed over needs no asking; what was only put down somewhere does, and what went wrong until it
/// is sent again. Of most nothing was heard at all: they are on the way.
Status add_parcels(Database& database, const std::string& today, const Persons& persons, DutyScope& scope,
                   DutyFacts& facts) {
  const std::string itself = std::string("IN (SELECT d.r_id UNION ALL SELECT o.r_id FROM ") + kTwins + ")";
  const std::string events = events_sql("delivery_event", itself);
  const std::string last = last_event_sql("delivery_event", itself);
  auto select = database.prepare(
      "SELECT d.r_id, d.member_id, " + either_says("dispatched_on") + " AS sent_on, d.r_scope, " +
      either_says("mode") + ", " + last +
      " = 'problem' FROM k_delivery d WHERE d.r_flags & "
      "195 = 0 AND d.member_id IS NOT NULL AND ifnull(sent_on, '') <= ?1 AND ifnull(" +
      either_says("received_on") +
      " > ?1, 1) AND "
      "(NOT EXISTS (SELECT 1 FROM record h WHERE h.parent " +
      itself +
      " AND h.parent != "
      "x'00000000000000000000000000000000' AND h.kind = " +
      kind_number("delivery_event") + ") OR (" + parcel_result_sql("d", events, "e.r_id", "?1") +
      " IN ('left', 'on_the_way', 'problem') AND NOT EXISTS (SELECT 1 FROM " + events +
      " AND e.kind = 'cancelled') AND NOT (" + last +
      " = 'problem' AND EXISTS (SELECT 1 FROM k_delivery n WHERE (n.resend_of = id_text(d.r_id) OR "
      "n.resend_of "
      "IN (SELECT id_text(o.r_id) FROM " +
      kTwins + ")) AND n.r_flags & 195 = 0))))" + persons.rows_of("delivery") + " ORDER BY +d.r_id");
  select.bind_text(1, today);
  std::vector<DutyParcel> others;
  LX_DO(each_row(select, [&] {
    if (!scope.holds(select.id(3))) return;
    DutyParcel parcel{select.id(0), scope.person(reference_in(select.text(1))), select.text(2)};
    parcel.has_problem = select.integer(5) != 0;
    const bool is_here = is_looked_after_here(facts, parcel.member);
    if (!is_here)
      others.push_back(std::move(parcel));
    else if (!parcel.dispatched_on.empty() && select.text(4) == "courier")
      facts.parcels.push_back(std::move(parcel));
  }));
  for (DutyParcel& parcel : others) {
    LX_DO(find_gone(database, parcel));
    if (parcel.is_to_gone) facts.parcels.push_back(std::move(parcel));
  }
  return {};
}

Status read_parcels(Database& database, const std::string& today, DutyScope& scope, DutyFacts& facts) {
  facts.parcels.clear();
  return add_parcels(database, today, Persons(), scope, facts);
}

const std::set<std::string>& kinds_of(std::string_view meeting_unit) {
  static const std::set<std::string> kTownship = {"township", "street"};
  static const std::set<std::string> kCounty = {"county"};
  return meeting_unit == "county" ? kCounty : kTownship;
}

/// Units of these kinds that the members live below, by name.
std::vector<std::pair<std::string, Id>> units_of_members(const DutyScope& scope, const DutyFacts& facts,
                                                         const std::set<std::string>& kinds) {
  std::set<std::pair<std::string, Id>> units;
  for (const auto& [home, members] : facts.headcount.homes) {
    const Id unit = scope.above(home, kinds);
    if (!unit.is_nil()) units.emplace(scope.name(unit), unit);
  }
  return {units.begin(), units.end()};
}

/// Groups with a topic meeting in the month; a meeting of two groups is one of both (row 19).
Status read_groups(Database& database, const Date& today, DutyScope& scope, DutyFacts& facts) {
  const domain::Kind* activity = domain::Catalogue::base().kind("activity");
  facts.groups.clear();
  auto select = database.prepare(
      "SELECT g.r_id, g.name, g.r_scope, EXISTS (SELECT 1 FROM element e JOIN k_activity a ON a.r_id = "
      "e.record WHERE e.kind = ?1 AND e.field = ?2 AND e.element = id_text(g.r_id) AND a.r_flags & 195 = 0 "
      "AND "
      "a.kind = 'topic_meeting' AND a.occurred_on BETWEEN ?3 AND ?4) FROM k_contact_group g WHERE g.r_flags "
      "& "
      "195 = 0 AND ifnull(g.\"from\", '') <= ?4 AND (g.\"to\" IS NULL OR g.\"to\" > ?4) ORDER BY g.name, "
      "g.r_id");
  select.bind(1, int{activity->wire}).bind(2, int{activity->field("group_ids")->wire});
  select.bind_text(3, Date{today.year, today.month, 1}.text()).bind_text(4, today.text());
  return each_row(select, [&] {
    if (scope.holds(select.id(2)))
      facts.groups.push_back({select.id(0), select.id(2), select.text(1), select.integer(3) != 0});
  });
}

/// Where a unit owes the meeting, any topic meeting below it is one.
Status read_meeting_units(Database& database, const Date& today, const DutyScope& scope, DutyFacts& facts) {
  facts.groups.clear();
  for (const auto& [name, unit] : units_of_members(scope, facts, kinds_of(facts.meeting_unit)))
    facts.groups.push_back({{}, unit, name, false});
  auto select = database.prepare(
      "SELECT r_scope FROM k_activity WHERE r_flags & 195 = 0 AND kind = 'topic_meeting' AND occurred_on "
      "BETWEEN "
      "? AND ?");
  select.bind_text(1, Date{today.year, today.month, 1}.text()).bind_text(2, today.text());
  return each_row(select, [&] {
    for (DutyGroup& group : facts.groups)
      group.has_met = group.has_met || scope.is_below(select.id(0), group.unit);
  });
}

/// Members whose home is the unit or lies below it; nil = all.
std::uint32_t count_below(const DutyScope& scope, const DutyFacts& facts, const Id& unit) {
  std::uint32_t count = 0;
  for (const auto& [home, members] : facts.headcount.homes)
    count += unit.is_nil() || scope.is_below(home, unit) ? members : 0;
  return count;
}

Status read_surveys(Database& database, const Date& today, DutyScope& scope, DutyFacts& facts) {
  auto select = database.prepare(
      "SELECT r_id, name, \"to\", org_id FROM k_survey WHERE r_flags & 195 = 0 AND ifnull(\"from\", '') <= "
      "?1 AND "
      "(\"to\" IS NULL OR \"to\" >= ?2) ORDER BY \"to\" IS NULL, \"to\", r_id");
  select.bind_text(1, today.text()).bind_text(2, today.plus_days(-30).text());
  facts.surveys.clear();
  LX_DO(each_row(select, [&] {
    DutySurvey survey{select.id(0), select.text(1), select.text(2), 0, 0};
    survey.all = count_below(scope, facts, reference_in(select.text(3)));
    facts.surveys.push_back(std::move(survey));
  }));
  for (DutySurvey& survey : facts.surveys) {
    std::unordered_set<Id> covered;
    auto answers = database.prepare(
        "SELECT r_parent FROM k_survey_answer WHERE r_flags & 195 = 0 AND survey_id = ? AND occurred_on <= "
        "?");
    answers.bind_text(1, survey.record.text()).bind_text(2, today.text());
    LX_DO(each_row(answers, [&] {
      const Id person = scope.person(answers.id(0));
      if (is_looked_after_here(facts, person)) covered.insert(person);
    }));
    survey.covered = static_cast<std::uint32_t>(covered.size());
  }
  return {};
}

/// Each township closes its own months (row 6).
Status read_closes(Database& database, const Date& today, const DutyScope& scope, DutyFacts& facts) {
  facts.closes.clear();
  for (const auto& [name, unit] : units_of_members(scope, facts, kinds_of("township")))
    facts.closes.push_back({unit, name, {}});
  auto select = database.prepare(
      "SELECT org_id, month FROM k_month_close WHERE r_flags & 195 = 0 AND state = 'closed' AND month IS NOT "
      "NULL "
      "AND ifnull(closed_on, '') <= ?");
  select.bind_text(1, today.text());
  return each_row(select, [&] {
    const Id unit = reference_in(select.text(0));
    for (DutyClose& close : facts.closes) {
      if (close.unit == unit) close.closed.insert(select.text(1));
    }
  });
}

}  // namespace

void DutyHeadcount::add(const DutyMember& member) {
  ++homes[member.home];
  if (member.episode.is_nil() || !member.is_verified) return;
  ++verified_out;
  entered += member.is_entered ? 1 : 0;
}

void DutyHeadcount::remove(const DutyMember& member) {
  if (--homes[member.home] == 0) homes.erase(member.home);
  if (member.episode.is_nil() || !member.is_verified) return;
  --verified_out;
  entered -= member.is_entered ? 1 : 0;
}

std::string quarter_text(const Date& day) {
  return std::to_string(day.year) + "Q" + std::to_string((day.month + 2) / 3);
}

Result<std::vector<domain::CountyFestival>> county_festivals(Database& database) {
  auto days = database.prepare(
      "SELECT festival, \"on\", \"from\", \"to\" FROM k_festival_day WHERE r_flags & 195 = 0 AND festival IS "
      "NOT NULL AND \"on\" IS NOT NULL ORDER BY \"on\", r_id");
  std::vector<domain::CountyFestival> out;
  LX_DO(each_row(days, [&] { out.push_back({days.text(0), days.text(1), days.text(2), days.text(3)}); }));
  return out;
}

Result<DutyFacts> duty_facts(Database& database, const DutyAsked& asked) {
  DutyFacts facts;
  LX_TRY(DutyScope scope, DutyScope::read(database, asked));
  LX_TRY(std::vector<DutyMember> members, read_duty_members(database, asked, scope, Persons()));
  facts.members = DutyMemberList(std::move(members));
  for (const DutyMember& member : facts.members)
    facts.headcount.add(member);
  for (std::size_t part = 0; part < kOtherFacts; ++part)
    LX_DO(read_other_facts(database, asked, static_cast<OtherFacts>(part), facts));
  return facts;
}

Result<std::vector<Id>> duty_persons(Database& database, const Id& after, std::size_t limit) {
  auto select =
      database.prepare("SELECT r_id FROM k_member WHERE r_flags & 3 = 0 AND r_id > ? ORDER BY r_id LIMIT ?");
  select.bind(1, after).bind(2, static_cast<std::int64_t>(limit));
  std::vector<Id> out;
  LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

Result<DutyMembers> duty_members(Database& database, const DutyAsked& asked, const std::vector<Id>& records) {
  LX_TRY(DutyScope scope, DutyScope::read(database, asked));
  LX_TRY(const Persons persons, Persons::only(database, records));
  DutyMembers out;
  LX_TRY(out.records, persons.records(database));
  LX_TRY(out.members, read_duty_members(database, asked, scope, persons));
  return out;
}

Status read_parcels_of(Database& database, const DutyAsked& asked, const std::vector<Id>& persons,
                       DutyFacts& facts) {
  if (persons.empty()) return {};
  LX_TRY(DutyScope scope, DutyScope::read(database, asked));
  LX_TRY(const Persons only, Persons::only(database, persons));
  std::vector<DutyParcel>& all = facts.parcels;
  std::erase_if(all, [&](const DutyParcel& parcel) {
    return std::binary_search(persons.begin(), persons.end(), parcel.member);
  });
  const auto end = static_cast<std::ptrdiff_t>(all.size());
  LX_DO(add_parcels(database, asked.today.text(), only, scope, facts));
  std::inplace_merge(all.begin(), all.begin() + end, all.end(), [](const DutyParcel& a, const DutyParcel& b) {
    return std::pair(a.is_to_gone, a.record) < std::pair(b.is_to_gone, b.record);
  });
  return {};
}

Status read_other_facts(Database& database, const DutyAsked& asked, OtherFacts part, DutyFacts& facts) {
  LX_TRY(DutyScope scope, DutyScope::read(database, asked));
  const std::string today = asked.today.text();
  switch (part) {
    case OtherFacts::kRules:
      return read_parameters(database, asked, scope, facts);
    case OtherFacts::kCases:
      return read_cases(database, last_event_sql("case_event", "= c.r_id"), today, scope, facts);
    case OtherFacts::kConsultations:
      return read_consultations(database, asked.today, scope, facts);
    case OtherFacts::kCorrections:
      return read_corrections(database, asked.today, scope, facts);
    case OtherFacts::kTables:
      return read_tables(database, asked.today, scope, facts);
    case OtherFacts::kTwice:
      return read_twice(database, scope, facts);
    case OtherFacts::kParcels:
      return read_parcels(database, today, scope, facts);
    case OtherFacts::kMeetings:
      return facts.meeting_unit == "township" || facts.meeting_unit == "county"
                 ? read_meeting_units(database, asked.today, scope, facts)
                 : read_groups(database, asked.today, scope, facts);
    case OtherFacts::kSurveys:
      return read_surveys(database, asked.today, scope, facts);
    case OtherFacts::kCloses:
      return read_closes(database, asked.today, scope, facts);
  }
  return {};
}

}  // namespace lianxin::client::store
