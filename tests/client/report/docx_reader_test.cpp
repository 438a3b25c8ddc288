// The report edited in a word processor and read again: the words stay, a number typed over is found.
#include "client/report/docx_reader.hpp"

#include <doctest/doctest.h>
#include <vector>

#include "assets/assets.hpp"
#include "client/report/docx.hpp"
#include "shared/base/hash.hpp"
#include "tests/client/report/package.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::client;
using report::Narrative;
using test::repacked;
using test::replaced;

const Messages& chinese() {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  return kMessages;
}

std::vector<figures::Figure> some_figures(std::int64_t consultations) {
  figures::Figure one;
  one.row = 36;
  one.unit = "time";
  one.is_rounded = true;
  one.value = consultations;
  figures::Figure two;
  two.row = 31;
  two.unit = "person";
  two.value = 40;
  two.of = 50;
  return {one, two};
}

Narrative written(std::string_view text, std::int64_t consultations = 231,
                  const Date& as_of = {2026, 9, 30}) {
  auto narrative = report::write_narrative(text, some_figures(consultations),
                                           {"靖宇县", {2026, 1, 1}, as_of, {2026, 10, 3}}, chinese());
  REQUIRE(narrative.ok());
  return *std::move(narrative);
}

constexpr std::string_view kText =
    "# 报告\n{unit}至{as_of}：\n## 一、服务\n咨询{fig:36}，为{all:31|每名}党员指派，结对{fig:31.exact}人。\n";

/// The document of a file as a person left it.
Bytes edited(const std::vector<std::pair<std::string, std::string>>& edits,
             const Narrative& narrative = written(kText)) {
  const auto file = report::narrative_docx(narrative, chinese());
  REQUIRE(file.ok());
  return repacked(*file, "word/document.xml",
                  [&](std::string document) { return replaced(std::move(document), edits); });
}

std::string template_of(const Bytes& file) {
  const auto read = report::read_docx(file);
  if (!read.ok()) return read.error().code;
  return read->template_text;
}

TEST_CASE("a report nobody changed is its own template: numbers, days and claims stay tied") {
  CHECK(template_of(edited({})) == kText);
}

TEST_CASE("words a person changed are kept, and the numbers in them are those of the new day") {
  const Bytes file = edited({{"咨询", "热情提供{咨询}"}, {"一、服务", "一、用心服务"}});
  const std::string text = template_of(file);
  const Narrative again = written(text, 345, {2026, 10, 31});
  CHECK(again.paragraphs.at(1).text() == "靖宇县至2026年10月31日：");
  CHECK(again.paragraphs.at(2).kind == report::ParagraphKind::kHeading);
  CHECK(again.paragraphs.at(2).text() == "一、用心服务");
  CHECK(again.paragraphs.at(3).text() == "热情提供{咨询}300余次，为每名党员指派，结对40人。");
  REQUIRE(again.warnings.size() == 1);  // "every", by figure 31, as before
  CHECK(again.warnings[0].find("每名") != std::string::npos);
}

TEST_CASE("a number typed over is kept as typed, marked in the text and in the annex, and listed") {
  const auto read = report::read_docx(edited({{"200余次", "260次"}}));
  REQUIRE(read.ok());
  CHECK(read->as_of == lianxin::Date{2026, 9, 30});
  const std::string text = template_of(edited({{"200余次", "260次"}}));
  CHECK(text.find("{typed:36|260次}") != std::string::npos);
  const Narrative again = written(text);
  CHECK(again.paragraphs.at(3).text(chinese().get("report.typed_mark")).find("260次〔手工填写〕") !=
        std::string::npos);
  CHECK(again.warnings.at(0) == "“咨询260次”是手工改写的数字：按台账，“业务咨询服务”为200余次。");
  CHECK(again.annex.at(1).exact == "231");
  CHECK(again.annex.at(1).printed == "260次（手工填写）");
  const auto file = report::narrative_docx(again, chinese());
  const std::string document = test::part(*file, "word/document.xml");
  CHECK(document.find("<w:highlight w:val=\"yellow\"/></w:rPr><w:t xml:space=\"preserve\">260次") !=
        std::string::npos);
  // Read a second time it is still marked; typed as the records have it, it is a number like the others.
  CHECK(template_of(*file).find("{typed:36|260次}") != std::string::npos);
  const Narrative right = written(text, 260);
  CHECK(right.warnings.size() == 2);  // 260 is printed as 200余次
  CHECK(written("{typed:36|200余次}").warnings.empty());
}

TEST_CASE("a number typed where none of the records stands is marked and listed") {
  const std::string text = template_of(edited({{"咨询", "入户300次，咨询"}}));
  const Narrative again = written(text);
  CHECK(again.warnings.at(0) == "“300次”是手工填写的数字，没有台账。");
  CHECK(again.paragraphs.at(3).pieces.at(1).field == "typed:");
}

TEST_CASE("runs cut apart, controls around paragraphs, tracked changes and renamed styles read like words") {
  const Bytes cut = edited({{"200余次", "200</w:t></w:r><w:r><w:t>余次"}});
  CHECK(template_of(cut) == kText);
  const Bytes tracked = edited(
      {{"<w:r><w:t xml:space=\"preserve\">咨询</w:t></w:r>",
        "<w:del><w:r><w:delText>咨询</w:delText></w:r></w:del><w:ins><w:r><w:t>解答</w:t></w:r></w:ins>"}});
  CHECK(template_of(tracked).find("\n解答{fig:36}") != std::string::npos);
  const Bytes lines = edited({{"咨询", "甲</w:t><w:br/><w:t>; 乙"}});
  CHECK(template_of(lines).find("\n甲\n{}; 乙{fig:36}") != std::string::npos);
  Bytes renamed = edited({{"w:pStyle w:val=\"Heading1\"", "w:pStyle w:val=\"2\""}});
  renamed = repacked(renamed, "word/styles.xml", [](std::string styles) {
    return replaced(std::move(styles), {{"w:styleId=\"Heading1\"", "w:styleId=\"2\""}});
  });
  CHECK(template_of(renamed) == kText);
}

TEST_CASE("what LibreOffice gives back has lost its tags and kept its bookmarks: nothing else is lost") {
  const auto without_tags = [](std::string document) {
    for (auto at = document.find("<w:sdtPr>"); at != std::string::npos;
         at = document.find("<w:sdtPr>", at + 1))
      document.erase(at + 9, document.find("</w:sdtPr>", at) - at - 9);
    return document;
  };
  const Bytes file = repacked(edited({}), "word/document.xml", without_tags);
  CHECK(template_of(file) == kText);
  CHECK(report::read_docx(file)->as_of == lianxin::Date{2026, 9, 30});
  const Bytes retitled = repacked(file, "word/document.xml", [](std::string document) {
    return replaced(std::move(document), {{"lxday1of20260930", "_GoBack"}});
  });
  CHECK(report::read_docx(retitled)->as_of == lianxin::Date{2026, 9, 30});  // the annex says it too
  const Bytes typed = repacked(edited({{"200余次", "260次"}}), "word/document.xml", without_tags);
  CHECK(template_of(typed).find("{typed:36|260次}") != std::string::npos);
  for (const char* tag :
       {"fig:37.collected@2026-09-30#0123456789ab", "typed:36@2026-09-30#0123456789ab", "annex"}) {
    const std::string name = report::bookmark_of(tag, 7);
    CAPTURE(name);
    const std::string field = std::string(tag).substr(0, std::string(tag).find('@'));
    CHECK(report::tag_of_bookmark(name).starts_with(field));
  }
  CHECK(report::bookmark_of("all:31|" + std::string(60, 'x') + "@d#0123456789ab", 1).empty());
  CHECK(report::tag_of_bookmark("_GoBack").empty());
  CHECK(report::tag_of_bookmark("lx1").empty());
}

TEST_CASE("the annex is the program's; what a person wrote behind it stays, pictures and tables are told") {
  const std::string own = "<w:p><w:r><w:t>附言。</w:t></w:r></w:p><w:sectPr>";
  CHECK(template_of(edited({{"<w:sectPr>", own}})) == std::string(kText) + "附言。\n");
  const auto read = report::read_docx(edited(
      {{"<w:p>", "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>表</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p>"}}));
  REQUIRE(read.ok());
  CHECK(read->left_out == 1);
  CHECK(read->template_text == kText);
}

TEST_CASE("a foreign, old, broken or hostile file is refused in words of the report") {
  CHECK(template_of("text") == "report.read.kind");
  CHECK(template_of(*from_hex("d0cf11e0a1b11ae1")) == "report.read.old");
  const Bytes whole = edited({});
  CHECK(template_of(whole.substr(0, whole.size() / 2)) == "report.read.damaged");
  CHECK(template_of(edited({{"</w:body>", ""}})) == "report.read.damaged");
  CHECK(template_of(edited({{"<w:document", "<!DOCTYPE d [<!ENTITY a \"b\">]><w:document"}})) ==
        "report.read.damaged");
  CHECK(template_of(edited({{"w:document", "w:workbook"}, {"/w:document", "/w:workbook"}})) ==
        "report.read.kind");
  CHECK(template_of(edited({}, written("# 只有文字\n没有数字。\n"))) == "report.read.foreign");
  CHECK(template_of(edited({{"咨询", std::string(201 * 1024, 'a')}})) == "report.read.too_large");
  std::string deep;
  for (int i = 0; i < 100; ++i)
    deep += "<w:sdt>";
  CHECK(template_of(edited({{"<w:sectPr>", deep + "<w:sectPr>"}})) == "report.read.damaged");
}

TEST_CASE("a bomb of zeros and a file above the limit end early") {
  const Bytes bomb = repacked(edited({}), "word/document.xml", [](const std::string& document) {
    return replaced(document, {{"咨询", "<!--" + std::string(70U << 20U, ' ') + "-->"}});
  });
  CHECK(bomb.size() < 1U << 20U);
  CHECK(template_of(bomb) == "report.read.too_large");
  CHECK(template_of(Bytes((20U << 20U) + 1, 'a')) == "report.read.too_large");
}

TEST_CASE("forged tags neither break the template nor make a number true") {
  const std::string forged = "fig:99@2026-09-30#" + report::mark_of("200余次");
  const std::string mark = "fig:36@2026-09-30#" + report::mark_of("200余次");
  const std::string text = template_of(edited({{mark, forged}, {mark, forged}, {"200余次", "900次"}}));
  CHECK(text.find("{typed:99|900次}") != std::string::npos);
  CHECK(written(text).warnings.at(0) == "“900次”是手工填写的数字，没有台账。");
  const std::string brace = template_of(edited({{mark, "fig:36}{unit@x#y"}, {mark, "fig:36}{unit@x#y"}}));
  CHECK(brace.find("咨询200余次，") != std::string::npos);
}

}  // namespace
