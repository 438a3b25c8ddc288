#include "sync/server/web/overview_page.hpp"

#include <doctest/doctest.h>

#include "assets/assets.hpp"

namespace {

using namespace lianxin;                // NOLINT: a test's own file
using namespace lianxin::sync::server;  // NOLINT

constexpr WallMs kDay = 24 * 3600 * 1000;
constexpr WallMs kNow = 1794000000000;  // autumn 2026

const Messages& english() {
  static const Messages kMessages = Messages::parse(assets::texts("en")).value();
  return kMessages;
}

OverviewLaptop laptop(const std::string& name, WallMs last_seen_ms) {
  OverviewLaptop out;
  out.worker_name = name;
  out.last_seen_ms = last_seen_ms;
  return out;
}

OverviewPlace village(const std::string& code, const std::string& name) {
  OverviewPlace out;
  out.code = code;
  out.name = name;
  out.level = "village";
  out.above = "靖宇镇";
  return out;
}

Overview small() {
  Overview out;
  out.county = "靖宇";
  out.viewer = "看";
  out.at_ms = kNow;
  out.places = {village("220622101200", "三合村"), village("220622101201", "大景村")};
  return out;
}

std::string page(const Overview& overview) { return web::overview_page(overview, english(), "en"); }
bool has(const std::string& page, const std::string& text) { return page.find(text) != std::string::npos; }

TEST_CASE("every village has a row under its township, also one without a laptop") {
  const std::string text = page(small());
  CHECK(has(text, "三合村"));
  CHECK(has(text, "大景村"));
  CHECK(has(text, "靖宇镇</th>"));
  CHECK(has(text, "no laptop of its own"));
}

TEST_CASE("late is more than seven days, or never, and is marked by a sign") {
  Overview overview = small();
  overview.places[0].laptops = {laptop("甲", kNow - 7 * kDay)};
  CHECK_FALSE(has(page(overview), "▲"));
  overview.places[0].laptops = {laptop("甲", kNow - 8 * kDay)};
  CHECK(has(page(overview), "▲ 1</b>"));
  CHECK(has(page(overview), "8 days ago"));
  overview.places[0].laptops = {laptop("甲", 0)};
  CHECK(has(page(overview), "▲ never"));
}

TEST_CASE("the receipt of a village is the worst of its laptops'") {
  Overview overview = small();
  overview.places[0].laptops = {laptop("甲", kNow), laptop("乙", kNow)};
  overview.places[0].laptops[0].receipt = OverviewLaptop::Receipt::kEqual;
  CHECK(has(page(overview), "✓ equal"));
  overview.places[0].laptops[1].receipt = OverviewLaptop::Receipt::kUnequal;
  CHECK_FALSE(has(page(overview), "✓ equal"));
  CHECK(has(page(overview), "▲ not equal"));
}

TEST_CASE("a wrong clock and missing changes are said beside the laptop") {
  Overview overview = small();
  overview.places[0].laptops = {laptop("甲", kNow)};
  overview.places[0].laptops[0].clock_offset_ms = -10 * 60 * 1000;
  overview.places[0].laptops[0].awaited = 3;
  CHECK(has(page(overview), "clock 10 minutes off"));
  CHECK(has(page(overview), "changes still awaited: 3"));
  overview.places[0].laptops[0].clock_offset_ms = 2 * 60 * 1000;
  CHECK_FALSE(has(page(overview), "minutes off"));
}

TEST_CASE("conflicts are listed by kind and field in words, what is kept aside by its reason") {
  Overview overview = small();
  overview.disputes = {{"220622101200", "三合村", "member", "home_address", kNow - kDay}};
  overview.disputes_all = 300;
  QuarantineEntry kept;
  kept.kind = "visit";
  kept.scope = "220622101201";
  kept.author_name = "<b>丁</b>";
  kept.reason = "scope";
  kept.accepted_ms = kNow;
  overview.kept_aside = {kept};
  overview.kept_aside_all = 1;
  const std::string text = page(overview);
  CHECK(has(text, english().get("field.member.home_address")));
  CHECK(has(text, "(yesterday)"));
  CHECK(has(text, "Only the 1 oldest are listed"));
  CHECK(has(text, english().get("quarantine.scope")));
  // The place by its name; one that this person does not see has only its code here.
  const std::string after = "</span></td><td>" + english().get("kind.visit");
  CHECK(has(text, "大景村 <span class=\"quiet\">220622101201" + after));
  overview.kept_aside[0].scope = "220699101200";
  CHECK(has(page(overview), "<td>220699101200</td>"));
  CHECK(has(text, "&lt;b&gt;丁&lt;/b&gt;"));
  CHECK_FALSE(has(text, "<b>丁"));
}

TEST_CASE("a page without anything to see says why, in the language") {
  const std::string text = web::refusal_page(fail("page.unknown"), english(), "en");
  CHECK(has(text, "no such page"));
  CHECK(has(text, R"(lang="en")"));
}

}  // namespace
