// What the field of a form offers to be chosen.
#include "client/view/field_rows.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cv = client::view;

cv::FieldRow member_field(const WorkStore& work, std::string_view name) {
  const domain::Kind* member = domain::Catalogue::base().kind("member");
  auto row = cv::empty_field_row(work.sources(), *member, *member->field(name));
  REQUIRE(row.ok());
  return *std::move(row);
}

}  // namespace

TEST_CASE("nobody's home is a township, though the laptop works for it as well") {
  WorkStore work;
  const Id town =
      put(*work.store, "org_unit", {{"kind", "township"}, {"name", "靖宇镇"}, {"code", "220622101"}});
  work.county.hold(town, true);
  work.county.sync(*work.store);
  REQUIRE(cv::held_unit_choices(work.sources()).value().size() == 2);
  const cv::FieldRow home = member_field(work, "home_village_id");
  REQUIRE(home.choices.size() == 1);
  CHECK(home.choices[0].label == "三合村");
}

TEST_CASE("of many choices each is found by its pinyin and initials, few are seen at once") {
  cv::Choices few = {{"v", "三合村"}};
  cv::add_letters(few);
  CHECK(few.front().letters.empty());
  cv::Choices many(12, {"x", "南阳村"});
  many.push_back({"v", "三合村"});
  cv::add_letters(many);
  CHECK(many.back().letters.find("|sanhecun|shc|") == 0);
  CHECK(many.front().letters.find("|nyc") != std::string::npos);
  WorkStore work;
  const cv::FieldRow ethnic = member_field(work, "ethnic");
  const auto han = std::find_if(ethnic.choices.begin(), ethnic.choices.end(),
                                [](const cv::Choice& one) { return one.code == "01"; });
  REQUIRE(han != ethnic.choices.end());
  CHECK(han->letters.find("|hanzu|hz") == 0);
}

}  // namespace lianxin::test
