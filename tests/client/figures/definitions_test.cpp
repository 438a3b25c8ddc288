// How figures are written down: assets/figures/*.sql.
#include <doctest/doctest.h>

#include "client/figures/figures.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::client::figures;

std::string why(std::string_view text) {
  const auto parsed = parse_figures(text);
  if (parsed.ok()) return "";
  CHECK(parsed.error().code == "figures.malformed");
  return parsed.error().args.at(0).value + ": " + parsed.error().args.at(1).value;
}

TEST_CASE("every row of the report has a definition, in order") {
  const auto& figures = figure_definitions();
  REQUIRE(figures.size() == kFigureRows);
  for (int row = 1; row <= kFigureRows; ++row) {
    const FigureDefinition& figure = figures[static_cast<std::size_t>(row - 1)];
    CHECK(figure.row == row);
    CHECK((figure.unit == "none") == (figure.value.empty() && figure.of.empty() && figure.parts.empty()));
  }
}

TEST_CASE("rounded are the five figures the report rounds") {
  std::vector<int> rounded;
  for (const FigureDefinition& figure : figure_definitions()) {
    if (figure.is_rounded) rounded.push_back(figure.row);
  }
  CHECK(rounded == std::vector<int>{36, 37, 40, 49, 52});
}

TEST_CASE("a definition is read whole") {
  const auto parsed = parse_figures(
      "-- words\n--! figure 5 person over hardship\n--! value\nSELECT 1,\n  2;\n--! of\nSELECT 3, 4;\n"
      "--! part most max\nSELECT 5, 6;\n--! split festival\nSELECT 7, 8, 9;\n");
  REQUIRE(parsed.ok());
  const FigureDefinition& figure = parsed->at(0);
  CHECK(figure.row == 5);
  CHECK(figure.unit == "person");
  CHECK(figure.is_rounded);
  CHECK(figure.needs == domain::PrivacyClass::kHardship);
  CHECK(figure.value == "SELECT 1,\n  2");
  CHECK(figure.of == "SELECT 3, 4");
  REQUIRE(figure.parts.size() == 2);
  CHECK(figure.parts[0].name == "most");
  CHECK(figure.parts[0].gather == Gather::kMax);
  CHECK(figure.parts[1].name == "");
  CHECK(figure.parts[1].list == "festival");
}

TEST_CASE("what cannot be read is named with its line") {
  CHECK(why("--! value\nSELECT 1;\n") == "1: no figure yet");
  CHECK(why("--! figure 79 person\n") == "1: no such row");
  CHECK(why("--! figure x person\n") == "1: no such row");
  CHECK(why("--! figure 5\n") == "1: a row and a unit are wanted");
  CHECK(why("--! figure 5 person often\n") == "1: unknown word often");
  CHECK(why("--! figure 5 person\n--! figure 5 person\n") == "2: row said twice");
  CHECK(why("--! figure 5 person\nSELECT 1;\n") == "2: a query without a name");
  CHECK(why("--! figure 5 person\n--! value\nSELECT 1\n--! of\n") == "4: a query has to end with ';'");
  CHECK(why("--! figure 5 person\n--! value\nSELECT 1;\n--! value\n") == "4: said twice: value");
  CHECK(why("--! figure 5 person\n--! part a sum\n") == "2: unknown word sum");
  CHECK(why("--! figure 5 person\n--! rows\n") == "2: unknown word rows");
}

}  // namespace
