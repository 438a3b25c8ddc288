#include "client/county/words.hpp"

#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/private_numbers.hpp"

using namespace lianxin;
using client::county::cells;
using client::county::phrase;
using client::county::rows;

TEST_CASE("lists are cut at tabs, phrases are filled") {
  CHECK(rows("destinations").front().size() == 2);
  CHECK(cells("surnames").size() > 90);
  CHECK(phrase("address", {{"village", "A"}, {"group", "2"}, {"house", "3"}}).find('{') == std::string::npos);
  CHECK(phrase("native").find('{') == std::string::npos);
}

TEST_CASE("codes in the lists are codes of the program") {
  for (const auto& row : rows("skills"))
    CHECK_MESSAGE(domain::is_code("subject_area", row.at(0)), row.at(0));
  for (const auto& row : rows("services"))
    CHECK_MESSAGE(domain::is_code("activity_kind", row.at(0)), row.at(0));
  for (const auto& row : rows("cases")) {
    CHECK_MESSAGE(domain::is_code("case_topic", row.at(0)), row.at(0));
    CHECK_MESSAGE(domain::is_code("case_kind", row.at(1)), row.at(1));
    CHECK(row.size() == 4);
  }
  for (const auto& row : rows("hardship"))
    CHECK_MESSAGE(domain::is_code("hardship_cause", row.at(0)), row.at(0));
  for (const auto& row : rows("materials"))
    CHECK_MESSAGE(domain::is_code("material_kind", row.at(2)), row.at(2));
  for (const auto& row : rows("points_rules"))
    CHECK_MESSAGE(domain::is_code("points_rule_class", row.at(2)), row.at(2));
}

TEST_CASE("no word looks like a number of a person") {
  CHECK_FALSE(domain::holds_private_number(assets::file("assets/county/words.tsv")));
}
