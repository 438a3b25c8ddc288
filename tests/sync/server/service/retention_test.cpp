// What is past its period: found by its day, its rule and the county's parameter; taken by the purge alone.
#include "sync/server/service/retention.hpp"

#include <algorithm>

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

struct Village {
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
    REQUIRE(kind->field(rule.day) != nullptr);
    for (const std::string_view field : rule.fields)
      CHECK(kind->field(field) != nullptr);
    CHECK(rule.years > 0);
  }
}

TEST_CASE("the day after the period is the first on which a record is found; what is open never is") {
  Village v;
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
  Village v;
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

TEST_CASE("the county's period holds from its day; one that makes no sense does not") {
  Village v;
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

}  // namespace
