// What is past its period: found by its day, its rule and the county's parameter; taken by the purge alone.
#include "sync/server/service/retention.hpp"

#include <algorithm>

#include "sync/server/service/purging.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr Date kToday{2026, 11, 28};

std::vector<Id> found(Office& office, std::string_view rule, const Date& as_of = kToday) {
  const auto all = must(server::overdue(*office.reader(), office.catalogue(), as_of));
  CHECK(all.size() == server::retention_rules().size());
  const auto one = std::find_if(all.begin(), all.end(), [&](const auto& o) { return o.rule->name == rule; });
  REQUIRE(one != all.end());
  return one->records;
}

struct OldVillage {
  Office office;
  FakeLaptop laptop{office, office.worker("王", "county_officer", kCounty)};
  Id scope = office.unit(kSanhe);
  Id member = laptop.member("王五", kSanhe);
  int made = 0;
  Id put(const std::string& kind, Values values) {
    const Id id = Id::make(office.clock.now_ms() + ++made);
    values.emplace_back("member_id", member.text());
    laptop.put(kind, id, scope, values, member);
    return id;
  }
};

TEST_CASE("every rule names a kind, a day and fields of the catalogue, and a parameter the county can set") {
  const domain::Catalogue& catalogue = domain::Catalogue::base();
  for (const server::RetentionRule& rule : server::retention_rules()) {
    INFO(rule.name);
    const domain::Kind* kind = catalogue.kind(rule.kind);
    REQUIRE(kind != nullptr);
    const domain::Kind* dated = rule.parent.empty() ? kind : catalogue.kind(rule.parent);
    REQUIRE(dated != nullptr);
    REQUIRE(dated->field(rule.day) != nullptr);
    const std::vector<std::string>& above = kind->parent_fields;
    CHECK((rule.parent.empty() || std::any_of(above.begin(), above.end(), [&](const std::string& field) {
             return kind->field(field)->target == rule.parent;
           })));
    for (const std::string_view field : rule.fields)
      CHECK(kind->field(field) != nullptr);
    CHECK(rule.years > 0);
  }
}

/// Values of a narrow class that no rule takes away, and why.
struct KeptValue {
  std::string_view kind;
  std::string_view field;
  std::string_view why;
};

const std::vector<KeptValue>& kept_values() {
  constexpr std::string_view kOpen = "the member's own file, open as long as there is one";
  constexpr std::string_view kLife = "records of the branch's life are archived, not taken away";
  static const std::vector<KeptValue> kKept = {
      {"member", "ethnic", kOpen},
      {"member", "id_no", kOpen},
      {"member", "id_missing_reason", kOpen},
      {"member", "born_on", kOpen},
      {"member", "native_place", kOpen},
      {"member", "care_flag", kOpen},
      {"member", "remark", kOpen},
      {"activity", "minutes", kLife},
      {"pledge", "content", "shown in public by the member himself"},
      {"report_part", "content", "a form that was handed in stays reproducible (K7)"}};
  return kKept;
}

TEST_CASE("every value of a narrow class has a period, or is said to have none and why") {
  const domain::Catalogue& catalogue = domain::Catalogue::base();
  const auto has_rule = [](const domain::Kind& kind, const domain::Field& field) {
    const auto& rules = server::retention_rules();
    return std::any_of(rules.begin(), rules.end(), [&](const server::RetentionRule& rule) {
      if (rule.kind != kind.name) return false;
      const auto personal = server::personal_fields(kind);
      return rule.fields.empty()
                 ? std::find(personal.begin(), personal.end(), field.wire) != personal.end()
                 : std::find(rule.fields.begin(), rule.fields.end(), field.name) != rule.fields.end();
    });
  };
  const auto is_kept = [](const domain::Kind& kind, const domain::Field& field) {
    const auto& kept = kept_values();
    return std::any_of(kept.begin(), kept.end(), [&](const KeptValue& one) {
      return one.kind == kind.name && one.field == field.name && !one.why.empty();
    });
  };
  std::size_t kept = 0;
  for (const domain::Kind& kind : catalogue.kinds()) {
    for (const domain::Field& field : kind.fields) {
      const bool is_narrow = field.privacy == domain::PrivacyClass::kNotes ||
                             field.privacy == domain::PrivacyClass::kIdentity ||
                             field.privacy == domain::PrivacyClass::kHardship;
      const bool says_whose = std::find(kind.parent_fields.begin(), kind.parent_fields.end(), field.name) !=
                              kind.parent_fields.end();
      if (!is_narrow || says_whose) continue;
      INFO(kind.name, ".", field.name);
      CHECK(has_rule(kind, field) != is_kept(kind, field));
      kept += is_kept(kind, field) ? 1 : 0;
    }
  }
  CHECK(kept == kept_values().size());
}

TEST_CASE("a file of hardship is kept whole until five years after relief; what is open never ends") {
  OldVillage v;
  const auto file = [&](const std::string& relieved) {
    Values values = {{"active", relieved.empty() ? "1" : "0"},
                     {"recognised_on", "2015-05-01"},
                     {"cause_class", "illness"},
                     {"description", "久病"}};
    if (!relieved.empty()) values.emplace_back("relieved_on", relieved);
    return v.put("hardship_record", values);
  };
  const Id old = file("2021-11-27");
  file("2021-11-28");
  file("");
  const Id aid = v.put("aid", {{"occurred_on", "2021-01-20"}, {"kind", "goods"}, {"goods", "棉被"}});
  v.put("aid", {{"occurred_on", "2022-01-20"}, {"kind", "goods"}, {"goods", "棉被"}});
  const Id answer = v.put("survey_answer", {{"occurred_on", "2021-03-01"}, {"outcome", "nominated"}});
  (void)v.laptop.sync();
  CHECK(found(v.office, "hardship") == std::vector<Id>{old});
  CHECK(found(v.office, "aid") == std::vector<Id>{aid});
  CHECK(found(v.office, "surveys") == std::vector<Id>{answer});
  must(v.office.admin().purge(old, {}, "保存期满"));
  CHECK(found(v.office, "hardship").empty());
  (void)v.laptop.sync();
  CHECK(v.laptop.shown(old, "description").empty());
  CHECK(v.laptop.shown(old, "cause_class").empty());
  v.office.prove();
}

TEST_CASE("a question's words, and the notes of those who worked at it, go two years after it was closed") {
  OldVillage v;
  const auto question = [&](const std::string& closed) {
    Values values = {{"opened_on", "2020-01-01"}, {"content", "转接组织关系"}, {"answer", "已转"}};
    if (!closed.empty()) values.emplace_back("closed_on", closed);
    return v.put("case_item", values);
  };
  const auto note = [&](const Id& of) {
    const Id id = Id::make(v.office.clock.now_ms() + ++v.made);
    v.laptop.put(
        "case_event", id, v.scope,
        {{"case_id", of.text()}, {"occurred_on", "2020-02-01"}, {"kind", "answered"}, {"note", "电话答复"}},
        of);
    return id;
  };
  const Id closed = question("2024-11-27");
  const Id fresh = question("2024-11-28");
  const Id open = question("");
  const Id of_closed = note(closed);
  note(fresh);
  note(open);  // years old, but its question is not closed
  (void)v.laptop.sync();
  CHECK(found(v.office, "questions") == std::vector<Id>{closed});
  CHECK(found(v.office, "question_notes") == std::vector<Id>{of_closed});
  must(v.office.admin().purge(closed, {"content", "answer"}, "保存期满"));
  must(v.office.admin().purge(of_closed, {"note"}, "保存期满"));
  CHECK(found(v.office, "questions").empty());
  CHECK(found(v.office, "question_notes").empty());
  (void)v.laptop.sync();
  CHECK(v.laptop.shown(closed, "opened_on") == "2020-01-01");
  CHECK(v.laptop.shown(of_closed, "kind") == "answered");
  v.office.prove();
}

TEST_CASE("the day after the period is the first on which a record is found; what is open never is") {
  OldVillage v;
  const Id ended = v.put(
      "mobility_episode",
      {{"direction", "out"}, {"left_on", "2019-01"}, {"employer", "某厂"}, {"returned_on", "2021-11-27"}});
  v.put("mobility_episode", {{"direction", "out"}, {"left_on", "2010-01"}, {"employer", "某厂"}});
  v.put("mobility_episode",
        {{"direction", "out"}, {"left_on", "2019-01"}, {"employer", "某厂"}, {"returned_on", "2021-11-28"}});
  (void)v.laptop.sync();
  CHECK(found(v.office, "episodes") == std::vector<Id>{ended});
  CHECK(found(v.office, "episodes", {2026, 11, 27}).empty());
  CHECK(found(v.office, "contacts").empty());
}

TEST_CASE("a purge takes what was found and nothing else, and it is not found again") {
  OldVillage v;
  const Id old = v.put("contact_attempt", {{"occurred_on", "2024-11-01"},
                                           {"channel", "phone"},
                                           {"outcome", "reached_self"},
                                           {"content", "说家里老人住院"}});
  const Id fresh = v.put("contact_attempt", {{"occurred_on", "2024-12-01"},
                                             {"channel", "phone"},
                                             {"outcome", "reached_self"},
                                             {"content", "一切都好"}});
  v.put("contact_attempt",
        {{"occurred_on", "2024-11-01"}, {"channel", "phone"}, {"outcome", "no_answer"}});  // holds no words
  (void)v.laptop.sync();
  REQUIRE(found(v.office, "contacts") == std::vector<Id>{old});
  must(v.office.admin().purge(old, {"content"}, "保存期满"));
  CHECK(found(v.office, "contacts").empty());
  (void)v.laptop.sync();
  CHECK(v.laptop.shown(old, "content").empty());
  CHECK(v.laptop.shown(old, "outcome") == "reached_self");
  CHECK(v.laptop.shown(fresh, "content") == "一切都好");
  v.office.prove();
}

TEST_CASE("what was cleared before its period ended is found in the log, and goes from there") {
  OldVillage v;
  const Id old = v.put("contact_attempt", {{"occurred_on", "2024-11-01"},
                                           {"channel", "phone"},
                                           {"outcome", "reached_self"},
                                           {"content", "说家里老人住院"}});
  (void)v.laptop.sync();
  v.laptop.put("contact_attempt", old, v.scope, {{"content", std::nullopt}}, v.member);
  (void)v.laptop.sync();
  REQUIRE(v.laptop.shown(old, "content").empty());
  const auto log_has_it = [&] {
    const auto log = must(v.office.reader()->changes_of_record(old));
    return std::any_of(log.begin(), log.end(), [](const store::LogRow& row) {
      return row.values.find("说家里老人住院") != Bytes::npos;
    });
  };
  REQUIRE(log_has_it());
  REQUIRE(found(v.office, "contacts") == std::vector<Id>{old});
  must(v.office.admin().purge(old, {"content"}, "保存期满"));
  CHECK_FALSE(log_has_it());
  CHECK(found(v.office, "contacts").empty());
  v.office.prove();
}

TEST_CASE("the county's period holds from its day; one that makes no sense does not") {
  OldVillage v;
  const Id entry = v.put("contact_attempt", {{"occurred_on", "2025-06-01"},
                                             {"channel", "phone"},
                                             {"outcome", "reached_self"},
                                             {"content", "一切都好"}});
  const auto parameter = [&](const std::string& value, const std::string& from) {
    const Id id = Id::make(v.office.clock.now_ms() + ++v.made);
    v.laptop.put("parameter", id, Id{}, {{"name", "keep_notes_years"}, {"value", value}, {"from", from}});
    (void)v.laptop.sync();
  };
  (void)v.laptop.sync();
  CHECK(found(v.office, "contacts").empty());
  parameter("1", "2026-12-01");
  CHECK(found(v.office, "contacts").empty());
  CHECK(found(v.office, "contacts", {2026, 12, 1}) == std::vector<Id>{entry});
  parameter("0", "2026-12-01");
  parameter("soon", "2026-12-01");
  CHECK(found(v.office, "contacts", {2026, 12, 1}) == std::vector<Id>{entry});
  parameter("10", "2027-01-01");
  CHECK(found(v.office, "contacts", {2027, 1, 1}).empty());
}

TEST_CASE("what was only kept aside, or refused, is past its period counted from the day it came") {
  OldVillage v;
  (void)v.laptop.sync();
  FakeLaptop outsider{v.office, v.office.worker("外", "worker", kDajing)};
  const Id visit = Id::make(v.office.clock.now_ms() + ++v.made);
  outsider.put("visit", visit, v.scope,
               {{"members:" + v.member.text(), "1"},
                {"occurred_on", "2020-02-02"},
                {"outcome", "met"},
                {"content", "不该他写的话"}},
               v.member);
  (void)outsider.sync();
  const auto aside = must(v.office.admin().quarantine());
  REQUIRE(!aside.empty());
  REQUIRE(aside.front().record == visit);
  const Date came = Date::of(aside.front().accepted_ms);
  const Date last = came.plus_months(2 * 12);
  SUBCASE("while nobody has decided") {}
  SUBCASE("after it was refused") { (void)must(v.office.admin().close(aside.front().change, "不是本村")); }
  CHECK(found(v.office, "visits", last).empty());
  CHECK(found(v.office, "visits", last.plus_days(1)) == std::vector<Id>{visit});
  must(v.office.admin().purge(visit, {"content"}, "保存期满"));
  CHECK(found(v.office, "visits", last.plus_days(1)).empty());
  v.office.prove();
}

TEST_CASE("what comes in about a record that went as a whole is named, until it goes too") {
  OldVillage v;
  const auto visit = [&](const char* content) {
    const Id id = Id::make(v.office.clock.now_ms() + ++v.made);
    v.laptop.put("visit", id, v.scope,
                 {{"members:" + v.member.text(), "1"},
                  {"occurred_on", "2026-11-02"},
                  {"outcome", "met"},
                  {"content", content}},
                 v.member);
    (void)v.laptop.sync();
    v.office.clock.advance(1000);
    return id;
  };
  const auto came = [&] { return must(server::came_since(*v.office.reader(), v.office.catalogue())); };
  (void)visit("早已送到");
  must(v.office.admin().purge(v.member, {"home_address"}, "本人要求"));
  (void)visit("只清除了一项之后");
  CHECK(came().empty());
  must(v.office.admin().purge(v.member, {}, "本人要求"));
  v.office.clock.advance(1000);
  CHECK(came().empty());
  const Id late = visit("后来才送到");
  const auto found = came();
  REQUIRE(found.size() == 1);
  CHECK(found.front().record == late);
  CHECK(found.front().kind == "visit");
  CHECK(found.front().about == v.member);
  CHECK(found.front().came == Date::of(v.office.clock.now_ms()));
  must(v.office.admin().purge(late, {}, "本人要求"));
  CHECK(came().empty());
  v.office.prove();
}

}  // namespace
