// The report in words: numbers where the template names them, claims that are checked, the annex, the files.
#include "client/report/narrative.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "client/report/docx.hpp"
#include "tests/client/report/package.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::client;
using report::Narrative;

const Messages& chinese() {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  return kMessages;
}

/// Every row with a number of its own: row 36 has 36 records.
std::vector<figures::Figure> all_figures() {
  std::vector<figures::Figure> all;
  for (const figures::FigureDefinition& definition : figures::figure_definitions()) {
    figures::Figure figure;
    figure.row = definition.row;
    figure.unit = definition.unit;
    figure.is_rounded = definition.is_rounded;
    if (!definition.value.empty()) figure.value = definition.row;
    if (!definition.of.empty()) figure.of = definition.row * 2;
    for (const figures::PartDefinition& part : definition.parts) {
      if (!part.name.empty()) figure.parts.push_back({part.name, part.list, definition.row + 100, {}});
    }
    figure.counted.resize(static_cast<std::size_t>(definition.row));
    all.push_back(std::move(figure));
  }
  return all;
}

const report::NarrativeFacts kFacts{"靖宇县", {2026, 1, 1}, {2026, 9, 30}, {2026, 10, 3}};

Narrative written(std::string_view text, const std::vector<figures::Figure>& all = all_figures()) {
  auto narrative = report::write_narrative(text, all, kFacts, chinese());
  if (!narrative.ok()) FAIL(narrative.error().args.at(1).value);
  return *std::move(narrative);
}

std::string why(std::string_view text) {
  const auto narrative = report::write_narrative(text, all_figures(), kFacts, chinese());
  if (narrative.ok()) return "";
  CHECK(narrative.error().code == "report.template");
  return narrative.error().args.at(0).value + ": " + narrative.error().args.at(1).value;
}

TEST_CASE("numbers stand where the template names them, as reports print them or exactly") {
  const Narrative narrative = written(
      "; left out\n# 报告\n{unit}自{from}至{as_of}，{today}制。\n"
      "咨询{fig:36}，准确{fig:36.exact}次；收集{fig:37.collected}件；{fig:31.exact}/"
      "{fig:31.of}，{fig:31.percent}。\n");
  REQUIRE(narrative.paragraphs.size() == 3);
  CHECK(narrative.paragraphs[0].kind == report::ParagraphKind::kTitle);
  CHECK(narrative.paragraphs[1].text() == "靖宇县自2026年1月1日至2026年9月30日，2026年10月3日制。");
  CHECK(narrative.paragraphs[2].text() == "咨询30余次，准确36次；收集137件；31/62，50%。");
  CHECK(narrative.paragraphs[2].pieces[1].field == "36");
}

TEST_CASE("points and money are said as such, never in tenths and fen") {
  auto all = all_figures();
  all[61].value = 1235;
  all[65].parts.push_back({"july_money_fen", "", 123405, {}});
  std::erase_if(all[65].parts,
                [](const figures::Part& one) { return one.name == "july_money_fen" && one.value != 123405; });
  const Narrative narrative = written("{fig:62.exact}分、慰问{fig:66.july_money_fen}", all);
  CHECK(narrative.paragraphs[0].text() == "123.5分、慰问1234.05元");
  CHECK(narrative.annex.at(0).exact == "123.5");
  CHECK(narrative.annex.at(1).exact == "1234.05元");
}

TEST_CASE("questions are counted in the report's own measure word") {
  CHECK(written("{fig:37}、{fig:71}").paragraphs[0].text() == "30余条、71条");
}

TEST_CASE("the annex says in which ledger the records of a number stand") {
  std::vector<figures::Figure> all = all_figures();
  for (figures::Figure& figure : all) {
    if (figure.row == 36) figure.kinds = {"consultation"};
    if (figure.row == 34) figure.kinds = {"visit", "contact_attempt"};
  }
  const Narrative narrative = written("谈心{fig:34}，咨询{fig:36}\n", all);
  CHECK(narrative.annex.at(0).source == "联系记录、走访");
  CHECK(narrative.annex.at(1).source == "业务咨询");
  CHECK(report::annex_cells(narrative.annex.at(1)).size() == report::annex_headings(chinese()).size());
}

TEST_CASE("the annex holds each number of the text once, with its exact number and the records behind it") {
  const Narrative narrative = written("{fig:45}、{fig:36}、{fig:36.exact}、{fig:14}");
  REQUIRE(narrative.annex.size() == 3);
  CHECK(narrative.annex[0].row == 14);
  CHECK(narrative.annex[0].exact == "14/28");
  CHECK(narrative.annex[1].row == 36);
  CHECK(narrative.annex[1].exact == "36");
  CHECK(narrative.annex[1].printed == "30余次");
  CHECK(narrative.annex[1].records == 36);
  CHECK(narrative.annex[2].phrase == "送学上门");
  const Narrative several =
      written("{fig:31.of}、{fig:31.exact}、{fig:31.percent}、{fig:37.collected}、{fig:31.of}");
  REQUIRE(several.annex.size() == 3);
  CHECK(several.annex[0].printed == "31；50%");
  CHECK(several.annex[0].exact == "31/62");
  CHECK(several.annex[1].phrase == "已指派联系人的流动党员：总数");
  CHECK(several.annex[1].exact == "62");
  CHECK(several.annex[1].printed == "62");
  CHECK(several.annex[1].records_text() == "");
  CHECK(several.annex[2].row == 37);
  CHECK(several.annex[2].exact == "137");
}

TEST_CASE(
    "words that mean everybody are warned of when the records do not show it, and when nothing is behind "
    "them") {
  auto all = all_figures();
  CHECK(written("为{all:31|每名}党员指派", all).warnings ==
        std::vector<std::string>{"“每名”与记录不符：已指派联系人的流动党员 31/62人（50%）。"});
  all[30].of = all[30].value;
  CHECK(written("为{all:31|每名}党员指派", all).warnings.empty());
  all[30].of = 0;
  all[30].value = 0;
  CHECK(written("为{all:31|每名}党员指派", all).warnings.size() == 1);
  CHECK(written("对党员逐一走访。", all).warnings.size() == 1);
  CHECK(written("走访党员。", all).warnings.empty());
}

TEST_CASE("a template that cannot be read is told by line and word, and nothing is written") {
  CHECK(why("一\n{fig:99}") == "2: {fig:99}");
  CHECK(why("{fig:2}") == "1: {fig:2}");
  CHECK(why("{fig:36.nothing}") == "1: {fig:36.nothing}");
  CHECK(why("{fig:45.of}") == "1: {fig:45.of}");
  CHECK(why("{fig:x}") == "1: {fig:x}");
  CHECK(why("{all:31}") == "1: {all:31}");
  CHECK(why("{name}") == "1: {name}");
  CHECK(why("没有完 {fig:36") == "1: {fig:36}");
  CHECK(why(std::string(300 * 1024, 'a')).starts_with("1: "));
  CHECK(why("\xff\xfe").starts_with("1: "));
}

TEST_CASE("the program's own template names every numeric claim of the report and claims nothing unchecked") {
  auto all = all_figures();
  for (figures::Figure& figure : all)
    figure.of = figure.value ? figure.of ? figure.value : figure.of : figure.of;
  const Narrative narrative = written(report::narrative_template(), all);
  CHECK(narrative.warnings.empty());
  for (const int row : {14, 15, 36, 37, 40, 45, 49, 52, 53, 54, 57, 60}) {
    CAPTURE(row);
    CHECK(std::any_of(narrative.annex.begin(), narrative.annex.end(),
                      [&](const report::AnnexRow& one) { return one.row == row; }));
  }
}

TEST_CASE(
    "the file of words: a package that opens, numbers as controls with figure and day, nothing unescaped") {
  const Narrative narrative = written("# 甲<乙>&\"丙\"\n咨询{fig:36}。\n");
  const auto package = report::narrative_docx(narrative, chinese());
  REQUIRE(package.ok());
  CHECK(*package == *report::narrative_docx(narrative, chinese()));
  const auto files = test::unpacked(*package);
  for (const char* name : {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"})
    CHECK(files.count(name) == 1);
  const std::string& document = files.at("word/document.xml");
  CHECK(document.find("甲&lt;乙&gt;&amp;&quot;丙&quot;") != std::string::npos);
  CHECK(document.find("<w:tag w:val=\"fig:36@2026-09-30#") != std::string::npos);
  CHECK(document.find("30余次") != std::string::npos);
  CHECK(document.find("附表") != std::string::npos);
}

TEST_CASE(
    "the file of words: period, what it was handed in as and the page stand at the foot of every page") {
  Narrative narrative = written("咨询{fig:36}。\n");
  narrative.snapshot = "存档 0190 机内第 2 版";
  const auto files = test::unpacked(*report::narrative_docx(narrative, chinese()));
  REQUIRE(files.count("word/footer1.xml") == 1);
  const std::string& foot = files.at("word/footer1.xml");
  CHECK(foot.find("靖宇县  统计期 2026-01-01 至 2026-09-30  存档 0190 机内第 2 版") != std::string::npos);
  const std::size_t page = foot.find("第 </w:t></w:r><w:fldSimple w:instr=\" PAGE \">");
  REQUIRE(page != std::string::npos);
  CHECK(foot.find("<w:fldSimple w:instr=\" NUMPAGES \">", page) != std::string::npos);
  CHECK(files.at("word/document.xml").find("<w:footerReference w:type=\"default\" r:id=\"r2\"/>") !=
        std::string::npos);
  CHECK(files.at("word/_rels/document.xml.rels").find("Id=\"r2\"") != std::string::npos);
  CHECK(files.at("[Content_Types].xml").find("/word/footer1.xml") != std::string::npos);
}

TEST_CASE("the page for printing has the same words") {
  const auto pdf = report::narrative_pdf(written(report::narrative_template()), chinese());
  REQUIRE(pdf.ok());
  CHECK(pdf->starts_with("%PDF"));
  CHECK(*pdf == *report::narrative_pdf(written(report::narrative_template()), chinese()));
}

}  // namespace
