#include "client/figures/words.hpp"

#include <doctest/doctest.h>
#include <set>

#include "assets/assets.hpp"
#include "shared/domain/codes.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::client::figures;

const Messages& chinese() {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  return kMessages;
}

std::string text(std::int64_t value, std::optional<std::int64_t> of, const std::string& unit,
                 bool is_rounded) {
  Figure figure;
  figure.row = 36;
  figure.unit = unit;
  figure.is_rounded = is_rounded;
  figure.value = value;
  figure.of = of;
  return words_of(figure, chinese()).text;
}

TEST_CASE("the report's phrases come out of its numbers") {
  CHECK(text(231, {}, "time", true) == "200余次");
  CHECK(text(200, {}, "time", true) == "200次");
  CHECK(text(238, {}, "time", false) == "238次");
  CHECK(text(12, {}, "squad", true) == "10余支");
  CHECK(text(118, 118, "sheet", false) == "118/118张（100%）");
  CHECK(text(117, 118, "sheet", false) == "117/118张（99%）");
  CHECK(text(0, 0, "sheet", false) == "0/0张");
  CHECK(text(125, {}, "tenth", false) == "12.5分");
  CHECK(text(-5, {}, "tenth", false) == "-0.5分");
}

TEST_CASE("in English the unit follows the number, or the whole it is a share of") {
  const Messages english = *Messages::parse(assets::texts("en"));
  Figure figure;
  figure.row = 53;
  figure.unit = "copy";
  figure.value = 1;
  CHECK(words_of(figure, english).text == "1 copy");
  figure.value = 2;
  CHECK(words_of(figure, english).text == "2 copies");
  figure.unit = "person";
  figure.of = 1;
  figure.value = 0;
  CHECK(words_of(figure, english).text == "0 of 1 person (0%)");
  figure.unit = "tenth";
  figure.of = {};
  figure.value = 10;
  CHECK(words_of(figure, english).text == "1 point");
}

TEST_CASE("a figure without a number has no text") {
  Figure figure;
  figure.row = 2;
  figure.unit = "none";
  CHECK(words_of(figure, chinese()).text == "");
  CHECK(words_of(figure, chinese()).phrase != "");
}

TEST_CASE("parts are named by their own text or by their list") {
  Figure figure;
  figure.row = 66;
  figure.unit = "time";
  const PartWords festival = words_of(figure, {"spring_festival", "festival", 3, {}}, chinese(), "zh");
  CHECK(festival.name == "春节");
  CHECK(festival.text == "3");
  CHECK(words_of(figure, {"money_fen", "", 123405, {}}, chinese(), "zh").text == "1234.05元");
  CHECK(words_of(figure, {"money_fen", "", 50000, {}}, chinese(), "zh").text == "500元");
}

TEST_CASE("how many come on a hundred is told with the whole") {
  Figure figure;
  figure.row = 33;
  figure.unit = "time";
  figure.value = 14;
  Part members{"members", "", 2492, {}, {}, true};
  CHECK(words_of(figure, members, chinese(), "zh").text == "2492（每百名 0.5）");
  figure.value = 100;
  members.value = 100;
  CHECK(words_of(figure, members, chinese(), "zh").text == "100（每百名 100）");
  members.value = 0;
  CHECK(words_of(figure, members, chinese(), "zh").text == "0");
}

TEST_CASE("every row, unit, part and list has its words in both languages") {
  for (const char* language : {"zh-CN", "en"}) {
    const Messages messages = *Messages::parse(assets::texts(language));
    for (const FigureDefinition& figure : figure_definitions()) {
      const std::string key = "figure." + std::to_string(figure.row);
      CAPTURE(key);
      CHECK(messages.has(key));
      if (figure.unit != "none") CHECK(messages.has("unit." + figure.unit));
      for (const PartDefinition& part : figure.parts) {
        if (part.list.empty())
          CHECK(messages.has(key + ".part." + part.name));
        else
          CHECK(domain::code_list(part.list) != nullptr);
      }
    }
  }
}

}  // namespace
