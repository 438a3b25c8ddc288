// Files made to hurt: bounded, no crash, a clear sentence.
#include <doctest/doctest.h>

#include "client/import/csv_reader.hpp"
#include "client/import/sheet_listener.hpp"
#include "client/import/xlsx_package.hpp"
#include "client/import/xlsx_reader.hpp"
#include "tests/client/import/sheet_maker.hpp"
#include "tests/support/zip_file.hpp"

namespace lianxin::client::import::test {
namespace {

using lianxin::test::zip_of;

std::string code_of(const std::string& bytes, const Limits& limits = {}) {
  const auto workbook = read_xlsx(bytes, limits);
  return workbook.ok() ? "ok" : workbook.error().code;
}

std::string sheet_xml(const std::string& rows) {
  return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
}

}  // namespace

TEST_CASE("files of another kind are named as such") {
  CHECK(code_of("") == "import.not_roster");
  CHECK(code_of("this is no workbook") == "import.not_roster");
  CHECK(code_of(zip_of({{"hello.txt", "hello"}})) == "import.not_roster");
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  CHECK(code_of(ole + std::string(600, '\0')) == "import.old_xls");
  std::string encrypted = ole;
  for (const char c : std::string("EncryptedPackage"))
    encrypted += {c, '\0'};
  CHECK(code_of(encrypted) == "import.encrypted");
  CHECK(read_roster(std::string("<html><table>"), "a.xls").error().code == "import.web_page");
  CHECK(read_roster(std::string("no workbook"), "list.xlsx").error().code == "import.not_roster");
}

TEST_CASE("a cut-off workbook is damaged at every length, never read in part") {
  const std::string whole = data_file("roster-a.xlsx");
  for (std::size_t size = 4; size < whole.size(); size += 97) {
    CAPTURE(size);
    CHECK(code_of(whole.substr(0, size)) == "import.damaged");
  }
}

TEST_CASE("flipped bytes never crash and never pass a broken part") {
  const std::string whole = data_file("roster-b.xlsx");
  const std::size_t people = roster_of(whole, "b.xlsx").rows.size();
  for (std::size_t at = 0; at < whole.size(); at += 61) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    const auto roster = read_roster(bytes, "b.xlsx");
    if (roster.ok()) CHECK(roster->rows.size() == people);
  }
}

TEST_CASE("entities and document types are refused") {
  std::string laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\">";
  for (int i = 0; i < 10; ++i) {
    laughs += "<!ENTITY b" + std::to_string(i) + " \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">";
  }
  const std::string sheet = laughs +
                            "]><worksheet><sheetData><row><c "
                            "t=\"inlineStr\"><is><t>&b9;</t></is></c></row></sheetData></worksheet>";
  CHECK(code_of(zip_of(parts_of(sheet))) == "import.damaged");
  const std::string outside = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>";
  CHECK(code_of(zip_of(parts_of(outside))) == "import.damaged");
}

TEST_CASE("a bomb of zeros stops at the ratio") {
  std::string blanks;
  blanks.resize(30'000'000, ' ');
  const std::string bomb = sheet_xml("<row r=\"1\">" + blanks + "</row>");
  CHECK(code_of(zip_of(parts_of(bomb))) == "import.too_large");
}

TEST_CASE("impossible places are damage, too much content is too large") {
  CHECK(code_of(zip_of(parts_of(sheet_xml("<row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row>")))) ==
        "import.damaged");
  CHECK(code_of(zip_of(parts_of(sheet_xml("<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>")))) ==
        "import.too_large");
  CHECK(code_of(zip_of(parts_of(sheet_xml("<row r=\"1\"><c r=\"XFD1\"/></row>")))) == "ok");
  CHECK(code_of(zip_of(parts_of(sheet_xml("<row r=\"9999999\"/>")))) == "import.damaged");
  CHECK(code_of(zip_of(parts_of(sheet_xml("<row r=\"2\"/><row r=\"1\"/>")))) == "import.damaged");
  CHECK(code_of(zip_of(parts_of(sheet_xml("<row><c t=\"s\"><v>7</v></c></row>")))) == "import.damaged");
  const std::string wide =
      "<worksheet><cols><col min=\"1\" max=\"1000000\" hidden=\"1\"/></cols><sheetData/>"
      "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>";
  CHECK(code_of(zip_of(parts_of(wide))) == "ok");
  CHECK(code_of(zip_of(parts_of("<worksheet><mergeCell ref=\"B2:A1\"/></worksheet>"))) == "import.damaged");
}

TEST_CASE("limits hold exactly") {
  Limits limits;
  limits.rows = 2;
  const auto rows = [](int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
      out += "<row><c><v>1</v></c></row>";
    return out;
  };
  CHECK(code_of(zip_of(parts_of(sheet_xml(rows(2)))), limits) == "ok");
  CHECK(code_of(zip_of(parts_of(sheet_xml(rows(3)))), limits) == "import.too_large");
  Limits small;
  small.file_bytes = 100;
  CHECK(code_of(zip_of(parts_of(sheet_xml(rows(1)))), small) == "import.too_large");
  Limits texts;
  texts.text_bytes = 64;
  const std::string one = "<row><c t=\"inlineStr\"><is><t>" + std::string(40, 'x') + "</t></is></c></row>";
  CHECK(code_of(zip_of(parts_of(sheet_xml(one))), texts) == "ok");
  CHECK(code_of(zip_of(parts_of(sheet_xml(one + one))), texts) == "import.too_large");
}

TEST_CASE("deep nesting and broken markup are damage") {
  std::string deep;
  for (int i = 0; i < 100; ++i)
    deep += "<a>";
  CHECK(code_of(zip_of(parts_of(deep))) == "import.damaged");
  CHECK(code_of(zip_of(parts_of("<worksheet><sheetData>"))) == "import.damaged");
  auto parts = parts_of(sheet_xml(""));
  parts.erase("xl/worksheets/sheet1.xml");
  CHECK(code_of(zip_of(parts)) == "import.damaged");
}

TEST_CASE("binary that claims to be text is no roster") {
  std::string bytes;
  for (int i = 1; i < 2000; ++i)
    bytes.push_back(static_cast<char>(1 + i % 7));
  CHECK(read_csv(bytes, "x").error().code == "import.not_roster");
  CHECK(read_csv(std::string("a,\"b"), "x").error().code == "import.damaged");
  CHECK(read_csv(std::string("\xFF\xFF\xFF", 3), "x").error().code == "import.damaged");
  CHECK(read_csv(std::string(300, ','), "x").ok());
  CHECK(read_csv(std::string(300, ',') + "x", "x").error().code == "import.too_large");
}

}  // namespace lianxin::client::import::test
