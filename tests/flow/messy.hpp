#pragma once
// Small words of the stories of messy days (domain.md 5): people, work and figures through the command line.
#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "tests/support/county.hpp"

namespace lianxin::test::messy {

inline constexpr const char* kLinhe = "220622101201";
inline constexpr const char* kTown = "220622101";
inline constexpr const char* kCountyCode = "220622";
inline constexpr const char* kAsOf = "2026-09-30";

using Words = std::vector<std::string>;

inline Json listed(const County& county, const Words& words) {
  return Json::parse(county.try_server(words).out);
}

/// The county's day, as its grants tell it: no test asks the clock of this machine.
inline std::string today(const County& county) {
  for (const Json& worker : listed(county, {"worker", "list"})) {
    if (!worker.at("grants").empty()) return worker.at("grants").at(0).at("from");
  }
  FAIL("nobody has a grant");
  return "";
}

inline std::string put(const Laptop& laptop, Words words) {
  words.insert(words.begin(), "put");
  return laptop.ctl(words).at("id");
}

inline std::string person(const Laptop& laptop, const std::string& name, const std::string& village,
                          const Words& more = {}) {
  Words words = {"member", "name=" + name, "home_village_id=" + village};
  words.insert(words.end(), more.begin(), more.end());
  return put(laptop, words);
}

/// Out since March 2025 and verified: a mobile member.
inline std::string episode(const Laptop& laptop, const std::string& member) {
  return put(laptop, {"mobility_episode", "member_id=" + member, "direction=out", "left_on=2025-03",
                      "state=out", "dest_division=210102"});
}

inline std::string mobile(const Laptop& laptop, const std::string& name, const std::string& village,
                          const Words& more = {}) {
  const std::string member = person(laptop, name, village, more);
  episode(laptop, member);
  return member;
}

inline std::string study_visit(const Laptop& laptop, const std::string& member, const std::string& day) {
  return put(laptop, {"visit", "members+=" + member, "occurred_on=" + day, "mode=door", "outcome=met",
                      "purposes+=study"});
}

inline Json field(const Laptop& laptop, const std::string& id, const std::string& name) {
  const Json fields = laptop.ctl({"get", id}).at("fields");
  return fields.contains(name) ? fields.at(name).at("value") : Json();
}

inline Json figure(const Laptop& laptop, const std::string& scope, int row, const std::string& as_of = kAsOf,
                   const Words& more = {}) {
  Words words = {"figures", "--scope", scope, "--as-of", as_of, "--row", std::to_string(row)};
  words.insert(words.end(), more.begin(), more.end());
  return laptop.ctl(words).at(std::to_string(row));
}

inline int value(const Laptop& laptop, const std::string& scope, int row, const std::string& as_of = kAsOf) {
  return figure(laptop, scope, row, as_of).at("value");
}

/// Mobile members of a unit: what every coverage is a share of (row 20).
inline int mobiles(const Laptop& laptop, const std::string& scope, const std::string& as_of = kAsOf) {
  return figure(laptop, scope, 20, as_of).at("denominator");
}

inline bool counts(const Json& figure, const std::string& record) {
  const Json& records = figure.at("records");
  return std::find(records.begin(), records.end(), record) != records.end();
}

/// A form as it is handed in, as text; with whole numbers only where the right to them is held.
inline std::string printed(const County& county, const Laptop& laptop, const std::string& form,
                           const std::string& scope, bool unmasked = true) {
  const std::string out = (county.folder() / (form + laptop.name() + ".json")).string();
  std::vector<std::string> words = {"report", form, "--scope", scope, "--as-of", kAsOf, "--out", out};
  if (unmasked) words.emplace_back("--unmasked");
  laptop.ctl(words);
  std::ostringstream text;
  text << std::ifstream(out, std::ios::binary).rdbuf();
  return text.str();
}

inline int times(const std::string& text, const std::string& word) {
  int found = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size()))
    ++found;
  return found;
}

inline std::string refusal(const Said& said) {
  REQUIRE(said.exit_code == 1);
  return said.json.at("error").at("code");
}

/// What a change of a record's history says, oldest first.
inline Json history(const Laptop& laptop, const std::string& id) {
  return laptop.ctl({"get", id, "--history"}).at("history");
}

/// Two workers of two villages, their township, and the county office; every story ends all equal.
struct Desk {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kLinhe);
  Laptop town = county.laptop("镇", "township_officer", kTown);
  Laptop office = county.laptop("县", "county_officer", kCountyCode);
  void settle() { county.settle({&a, &b, &town, &office}); }
  /// Villages add up to their township, and it to the county.
  void check_sum(int row) {
    INFO("row ", row);
    const int sum = value(office, kSanhe, row) + value(office, kLinhe, row);
    CHECK(value(town, kTown, row) == sum);
    CHECK(value(office, kCountyCode, row) == sum);
  }
};

}  // namespace lianxin::test::messy
