// Every figure counted a second time, by a script that reads only the dump (count_again.py): of the
// demonstration county, and again after people have corrected, moved, merged and sent things late.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

constexpr const char* kAsOf = "2026-09-30";

/// What the script says at its end; fails the test unless it finds no difference.
void check_counted(const Laptop& office, const std::vector<std::string>& scopes = {},
                   const std::string& as_of = kAsOf) {
  const char* dir = std::getenv("LX_SOURCE_DIR");
  const std::string script = std::string(dir != nullptr ? dir : ".") + "/tests/flow/count_again.py";
  std::vector<std::string> argv = {"/usr/bin/env",         "python3", script, program("lianxinctl").string(),
                                   office.home().string(), as_of};
  argv.insert(argv.end(), scopes.begin(), scopes.end());
  const Ran ran = run(argv, {{"LIANXIN_PASSPHRASE", kPassphrase}, {"LIANXIN_KDF_MIB", "8"}});
  INFO(ran.out.substr(0, 4000), ran.err);
  CHECK(ran.exit_code == 0);
  CHECK(ran.out.find("all equal") != std::string::npos);
}

struct Story {
  County county;
  Laptop office = county.laptop("县办", "county_officer", "220622");
  std::mt19937 dice{20260930};

  std::vector<std::string> ids(const std::string& kind) {
    std::vector<std::string> words = {"list", kind, "--limit", "100000"};
    // Points that were decided are taken back by a counter-entry, never struck out.
    if (kind == "points_entry") words.insert(words.end(), {"--where", "state=proposed"});
    std::vector<std::string> out;
    for (const Json& row : office.ctl(words))
      out.push_back(row.at("id"));
    std::shuffle(out.begin(), out.end(), dice);
    return out;
  }
  Json figures() { return office.ctl({"figures", "--scope", "220622", "--as-of", kAsOf}); }

  void void_some() {
    for (const char* kind : {"visit", "visit", "contact_attempt", "consultation", "activity", "content_push",
                             "delivery", "attendance", "village_table", "points_entry", "mobility_episode"})
      office.ctl({"void", ids(kind).front(), "--reason", "登记有误"});
  }
  /// One occasion written down twice, one person twice.
  void pair_some() {
    for (const char* kind : {"visit", "consultation", "contact_attempt"}) {
      const auto all = ids(kind);
      office.ctl({"put", kind, "--id", all[0], "duplicate_of=" + all[1]});
    }
    const auto members = ids("member");
    for (int i = 0; i < 8; i += 2)
      office.ctl({"duplicate", "same", members[i], members[i + 1]});
  }
  /// Members who live in another village now: what was done stays where it was done.
  void move_some() {
    const auto members = ids("member");
    for (int i = 0; i < 6; ++i)
      office.ctl({"put", "member", "--id", members[i], std::string("home_village_id=") + kSanhe});
  }
  /// Written down long after it happened, and after the day that is asked about.
  void add_late() {
    const auto members = ids("member");
    for (int i = 0; i < 6; ++i)
      office.ctl({"put", "visit", "members+=" + members[i],
                  i < 4 ? "occurred_on=2026-03-05" : "occurred_on=2026-10-09",
                  i % 2 == 0 ? "mode=door" : "mode=phone", "outcome=met", "purposes+=study",
                  "purposes+=talk"});
    for (const char* channel : {"phone", "employer"})
      office.ctl({"put", "contact_attempt", "member_id=" + members[7], "occurred_on=2026-09-20",
                  std::string("channel=") + channel, "outcome=reached_self", "topics+=work"});
  }
  /// What came back is sent again: one for the pair, also when the first is struck out later.
  void send_again() {
    const auto materials = office.ctl({"list", "material", "--where", "kind=study_pack"});
    const std::string pack = materials.at(0).at("id");
    const auto deliveries = ids("delivery");
    for (int i = 0; i < 3; ++i) {
      const Json first = office.ctl({"get", deliveries[i]}).at("fields");
      std::vector<std::string> words = {"put", "delivery", "mode=courier", "dispatched_on=2026-09-12",
                                        "resend_of=" + deliveries[i]};
      const std::string to = first.contains("member_id") ? "member_id" : "to_org_id";
      words.push_back(to + "=" + first.at(to).at("value").get<std::string>());
      const std::string again = office.ctl(words).at("id");
      office.ctl({"put", "delivery_line", "delivery_id=" + again, "material_id=" + pack, "qty=2"});
    }
    office.ctl({"void", deliveries[0], "--reason", "从未寄出"});
    office.ctl({"put", "delivery_event", "delivery_id=" + deliveries[1], "occurred_on=2026-09-01",
                "kind=cancelled"});
  }
  /// Groups, grids, venues and roles that end in the middle of the year.
  void end_some() {
    for (const char* kind : {"contact_group", "grid", "venue", "liaison_assignment", "contact_group_member"})
      office.ctl({"put", kind, "--id", ids(kind).front(), "to=2026-06-15"});
    office.ctl({"put", "team", "--id", ids("team").front(), "dissolved_on=2026-05-01"});
  }
};

TEST_CASE("the demonstration county is counted again by another program: every row, every unit, every list") {
  Story s;
  s.office.ctl({"demo", "county", "--seed", "3", "--share", "5"});
  const Json before = s.figures();
  check_counted(s.office);
  s.void_some();
  s.pair_some();
  s.move_some();
  // What hangs on a member stands in the old village until the county has moved it.
  CHECK(s.office.ctl({"sync"}).at("complete") == true);
  s.add_late();
  s.send_again();
  s.end_some();
  const Json after = s.figures();
  int moved = 0;
  for (int row = 1; row <= 78; ++row)
    moved += before.at(std::to_string(row)) == after.at(std::to_string(row)) ? 0 : 1;
  CHECK(moved >= 30);  // the perturbations reach the figures at all
  check_counted(s.office);
  check_counted(s.office, {"220622"}, "2026-08-31");  // half a year before is no 31st
  check_counted(s.office, {"220622"}, "2199-12-31");  // what was written today is old by then
  CHECK(s.office.ctl({"sync"}).at("complete") == true);
  check_counted(s.office, {"220622"});
  s.county.settle({&s.office});
}

/// What makes an entry of the list: where that is a unit, the table or register it handed in.
std::vector<std::string> struck_out(const Laptop& office, int row, const std::string& record) {
  if (row != 14 && row != 15) return {record};
  const char* kind = row == 14 ? "village_table" : "township_register";
  const char* unit = row == 14 ? "village_id=" : "township_id=";
  std::vector<std::string> out;
  for (const Json& one : office.ctl({"list", kind, "--where", unit + record, "--where", "quarter=2026Q3"}))
    out.push_back(one.at("id"));
  return out;
}

TEST_CASE("each of the report's twelve numbers falls by what is struck out of its list") {
  Story s;
  s.office.ctl({"demo", "county", "--seed", "3", "--share", "5"});
  for (const int row : {60, 57, 54, 53, 52, 49, 45, 40, 37, 36, 15, 14}) {
    CAPTURE(row);
    const std::string name = std::to_string(row);
    const Json before = s.figures().at(name);
    REQUIRE_FALSE(before.at("records").empty());
    std::int64_t fell = 0;
    for (const Json& record : before.at("records")) {
      const std::int64_t amount = before.value("amounts", Json::object()).value(record.get<std::string>(), 1);
      for (const std::string& one : struck_out(s.office, row, record))
        s.office.ctl({"void", one, "--reason", "登记有误"});
      const Json after = s.figures().at(name);
      fell = before.at("value").get<std::int64_t>() - after.at("value").get<std::int64_t>();
      if (fell == 0) continue;  // another push of the same content, the parcel sent again
      CHECK(fell == amount);
      CHECK(std::find(after.at("records").begin(), after.at("records").end(), record) ==
            after.at("records").end());
      break;
    }
    CHECK(fell > 0);
  }
}

}  // namespace
