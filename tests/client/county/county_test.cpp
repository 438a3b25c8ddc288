#include "client/county/county.hpp"

#include "client/county/diary.hpp"
#include "client/county/making.hpp"
#include "client/county/words.hpp"
#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

namespace {

/// Every record with its values; stamps and replicas of the two stores differ.
std::map<std::string, std::string> contents(MadeCounty& county) {
  std::map<std::string, std::string> out;
  for (const domain::Kind& kind : domain::Catalogue::base().kinds()) {
    if (kind.name == "org_unit") continue;
    for (const Live& record : county.live(kind.name)) {
      std::string text = kind.name;
      for (const auto& [field, value] : record.values)
        text += "|" + field + "=" + value;
      out[record.id.text()] = text;
    }
  }
  return out;
}

std::string refusal(Desk& desk, const county::CountyOptions& options) {
  const auto made = county::make_county(desk.records, options, [](std::size_t, std::size_t) {});
  return made.ok() ? std::string() : made.error().code;
}

}  // namespace

TEST_CASE("the same seed makes the same records, another seed others") {
  MadeCounty one(42);
  MadeCounty again(42);
  const auto first = contents(one);
  CHECK(first.size() > 1000);
  CHECK(first == contents(again));
  MadeCounty other(43);
  CHECK(first != contents(other));
}

TEST_CASE("the records are whole: every derived thing is what it is derived from") {
  CHECK(shared_county().desk.problems().empty());
  CHECK(shared_county().made().missing.empty());
}

TEST_CASE("a year that ends in March is made as well") {
  MadeCounty county(1, 3, Date{2026, 3, 1});
  for (const Live& visit : county.live("visit"))
    CHECK(visit.at("occurred_on") <= "2026-03-01");
}

TEST_CASE("what cannot be made is refused with nothing changed") {
  Desk desk;
  CHECK(refusal(desk, {1, kAsOf, 0}) == "demo.share");
  CHECK(refusal(desk, {1, kAsOf, 101}) == "demo.share");
  CHECK(refusal(desk, {1, Date{2026, 2, 28}, 100}) == "demo.as_of");
  CHECK(refusal(desk, {1, kAsOf, 100}) == "demo.no_county");
  give_divisions(desk);
  cs::ListQuery query;
  query.kind = "worker";
  CHECK(desk.records.list(query)->empty());
  const auto units = desk.records.list({"org_unit", {{"code", "220622100200"}}, "", 0, false, {}});
  desk.put("member", Id{}, {{"name", "赵连心"}, {"home_village_id", units->front().id.text()}});
  CHECK(refusal(desk, {1, kAsOf, 5}) == "demo.not_empty");
}
