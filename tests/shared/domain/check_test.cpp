#include "shared/domain/check.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>

#include "assets/assets.hpp"
#include "shared/base/text.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

constexpr Date kToday{2026, 9, 30};
const std::string kVillage = "0190f5a0-0000-7000-8000-000000000001";
const std::string kMember = "0190f5a0-0000-7000-8000-000000000002";

const Kind& kind(std::string_view name) {
  const Kind* found = Catalogue::base().kind(name);
  REQUIRE(found != nullptr);
  return *found;
}

RecordValues good_member() {
  return {{{"name", "赵连心"}, {"home_village_id", kVillage}, {"id_missing_reason", "not_collected"}}, {}};
}

/// "field:code" of each problem, blocking ones with "!".
std::string problems(std::string_view name, const RecordValues& values, bool creating = true) {
  std::vector<std::string> words;
  for (const Problem& problem : check_record(kind(name), values, kToday, creating))
    words.push_back(problem.field + ":" + problem.code + (problem.blocks ? "!" : ""));
  return join(words, " ");
}

TEST_CASE("name and village are all a member needs") {
  CHECK(problems("member", good_member()) == "");
  CHECK(problems("member", {}) ==
        "name:missing! home_village_id:missing! id_missing_reason:id_reason_missing");
}

TEST_CASE("later only clearing blocks: what another class holds is not asked") {
  RecordValues part{{{"gender", "1"}, {"id_missing_reason", "other"}}, {}};
  CHECK(problems("member", part, false) == "");
  part.scalars["name"] = "";
  CHECK(problems("member", part, false) == "name:missing!");
}

TEST_CASE("a fact needs its day, its outcome and somebody it is about") {
  CHECK(problems("visit", {}) == "occurred_on:missing! outcome:missing! members:no_place!");
  const RecordValues visit{{{"occurred_on", "2026-09-30"}, {"outcome", "nobody"}}, {{"members", {kMember}}}};
  CHECK(problems("visit", visit) == "");
  const RecordValues at_venue{
      {{"occurred_on", "2026-09-30"}, {"outcome", "nobody"}, {"org_id_at_event", kVillage}}, {}};
  CHECK(problems("visit", at_venue) == "");
  CHECK(problems("contact_point", {}) == "member_id:missing!");
}

TEST_CASE("a wrong type and an unknown code block, doubts do not") {
  RecordValues member = good_member();
  member.scalars["gender"] = "man?";
  member.scalars["full_on"] = "some day";
  member.scalars["home_address"] = std::string(300, 'a');
  CHECK(problems("member", member) == "gender:code! full_on:date! home_address:length");
  RecordValues visit{{{"occurred_on", "2026-09-30"}, {"outcome", "nobody"}}, {{"members", {"x"}}}};
  CHECK(problems("visit", visit) == "members:reference!");
}

TEST_CASE("a sentence names the fields as people call them") {
  const auto zh = Messages::parse(assets::texts("zh-CN"));
  const auto en = Messages::parse(assets::texts("en"));
  REQUIRE(zh.ok());
  REQUIRE(en.ok());
  const Problem missing{"name", "missing", {{"field", "name"}}, true};
  CHECK(problem_sentence(*zh, kind("member"), missing) == "请填写“姓名”。");
  CHECK(problem_sentence(*en, kind("member"), missing) == "Enter \"Name\".");
  const Problem order{
      "full_on", "before_other", {{"field", "full_on"}, {"other", "joined_on"}, {"date", "2001-07"}}, false};
  CHECK(problem_sentence(*zh, kind("member"), order) ==
        "“转为正式党员日期”早于“加入党组织日期”（2001-07），请核对。");
  CHECK(field_label(*en, kind("visit"), "voided") == "Voided because");
}

}  // namespace
