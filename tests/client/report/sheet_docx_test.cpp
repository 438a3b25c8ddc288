#include "client/report/sheet_docx.hpp"

#include <doctest/doctest.h>

#include "client/report/docx_package.hpp"
#include "tests/client/report/package.hpp"

namespace lianxin::test {
namespace {

namespace report = client::report;

report::Sheet village_table(const std::string& village) {
  report::Sheet out;
  out.name = village;
  out.title = village + "登记表";
  out.left = "填报单位（盖章）";
  out.right = "单位：人";
  out.headings = {
      {"姓名", {}}, {"联系方式", {{"电话", {}}, {"家庭", {}}}}, {"数量", {}, 6, report::CellKind::kNumber}};
  out.rows = {{{"赵<连>心", "13800001234", "a\nb", "2"}}, {{"合计", "", "", "2"}, report::RowKind::kTotal}};
  out.notes = {"备注一"};
  out.signatures = {"填表人"};
  out.footer = "统计期 2026-09";
  out.page = "第 {page} 页 共 {pages} 页";
  out.landscape = true;
  return out;
}

std::string document_of(const std::vector<report::Sheet>& sheets) {
  const auto made = report::sheets_docx(sheets);
  REQUIRE(made.ok());
  return part(*made, "word/document.xml");
}

std::size_t count(const std::string& text, const std::string& piece) {
  std::size_t found = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1))
    ++found;
  return found;
}

/// Columns that each row of the tables takes.
std::vector<std::size_t> columns_taken(const std::string& document) {
  std::vector<std::size_t> out;
  for (std::size_t row = document.find("<w:tr>"); row != std::string::npos;
       row = document.find("<w:tr>", row + 1)) {
    const std::string one = document.substr(row, document.find("</w:tr>", row) - row);
    const std::string span = "<w:gridSpan w:val=\"";
    std::size_t columns = count(one, "<w:tc>");
    for (std::size_t at = one.find(span); at != std::string::npos; at = one.find(span, at + 1))
      columns += std::stoul(one.substr(at + span.size())) - 1;
    out.push_back(columns);
  }
  return out;
}

}  // namespace

TEST_CASE("a form as a Word file: groups over their columns, headings on every page, words escaped") {
  const std::string document = document_of({village_table("三合村")});
  CHECK(columns_taken(document) == std::vector<std::size_t>(4, 4));
  CHECK(count(document, "<w:tblHeader/>") == 2);
  CHECK(count(document, "<w:vMerge w:val=\"restart\"/>") == 2);  // 姓名, 数量
  CHECK(count(document, "<w:vMerge w:val=\"continue\"/>") == 2);
  CHECK(document.find("赵&lt;连&gt;心") != std::string::npos);
  CHECK(count(document, "<w:br/>") == 1);
  CHECK(document.find("w:orient=\"landscape\"") != std::string::npos);
  for (const char* words :
       {"三合村登记表", "填报单位（盖章）", "单位：人", "13800001234", "备注一", "填表人"})
    CHECK_MESSAGE(document.find(words) != std::string::npos, words);
}

TEST_CASE("several forms have a section each, and a foot for all that say the same") {
  std::vector<report::Sheet> sheets = {village_table("三合村"), village_table("大井村"),
                                       village_table("向阳村")};
  sheets[2].footer = "统计期 2026-10";
  const auto made = report::sheets_docx(sheets);
  REQUIRE(made.ok());
  CHECK(*made == *report::sheets_docx(sheets));
  const auto files = unpacked(*made);
  CHECK(count(files.at("word/document.xml"), "<w:sectPr>") == 3);
  CHECK(files.at("word/footer1.xml").find("2026-09") != std::string::npos);
  CHECK(files.at("word/footer1.xml").find(" NUMPAGES ") != std::string::npos);
  CHECK(files.at("word/footer2.xml").find("2026-10") != std::string::npos);
  CHECK(files.count("word/footer3.xml") == 0);
  for (const char* list : {"[Content_Types].xml", "word/_rels/document.xml.rels"})
    CHECK(count(files.at(list), "footer2.xml") == 1);
}

TEST_CASE("a card takes all columns, a cover has its lines and no table") {
  report::Sheet card = village_table("三合村");
  card.card = {{{"姓名", "赵连心"}}, {{"", "意见", 0, 4, 6}}};
  CHECK(columns_taken(document_of({card})) == std::vector<std::size_t>(6, 4));
  report::Sheet cover;
  cover.title = "台账";
  cover.is_cover = true;
  cover.headings = {{"", {}, 80}};
  cover.notes = {"三道湖镇"};
  const std::string document = document_of({cover});
  CHECK(document.find("<w:tbl>") == std::string::npos);
  CHECK(document.find("三道湖镇") != std::string::npos);
}

}  // namespace lianxin::test
