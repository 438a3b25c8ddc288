// The file of an office: every fault has its line, and spreadsheets may have touched it.
#include <doctest/doctest.h>

#include "shared/domain/extension.hpp"
#include "tests/support/utf16.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

const std::string kOneField =
    "field\t10001\town_a\ttext\treview\tgeneral\t-\t-\t-\t-\t1\nlabel\town_a\t车次\tBus\npurpose\town_"
    "a\t安排接送\n";

std::string told(const std::string& file) {
  const auto read = read_extension(file);
  if (read.ok()) return "";
  return read.error().code + " " + read.error().args.at(0).value;
}

}  // namespace

TEST_CASE("rows in a wrong place or form are refused with their line") {
  CHECK(told("version\t1\nkind\tmember\n" + kOneField) == "");
  CHECK(told("kind\tmember\n" + kOneField) == "extension.version 1");
  CHECK(told("version\t0\n") == "extension.version 1");
  CHECK(told("version\t1\nversion\t2\n") == "extension.version 2");
  CHECK(told("version\t1\n") == "extension.empty 1");
  CHECK(told("version\t1\n\n# note\nfields\t1\n") == "extension.row 4");
  CHECK(told("version\t1\nkind\tmember\nfield\t10001\town_a\n") == "extension.columns 3");
  CHECK(told("version\t1\n" + kOneField) == "extension.order 2");
  CHECK(told("version\t1\ncode\ta\t甲\tA\n") == "extension.order 2");
  CHECK(told("version\t1\ncodes\tx\ncodes\tx\n") == "extension.twice 3");
  CHECK(told("version\t1\nkind\tmember\n" + kOneField + kOneField) == "extension.twice 6");
  CHECK(told("version\t1\nkind\tmember\n" + kOneField + "purpose\town_b\t安排接送\n") ==
        "extension.unknown_field 6");
  CHECK(told("version\t1\nkind\tmember\nfield\t10001\town_a\tcode\treview\tgeneral\t-\t-\town:x\t-\t1\n") ==
        "extension.target 3");
  CHECK(told(std::string(kExtensionBytesMax + 1, '#')) == "extension.large 1");
  CHECK(told("\xFF") == "extension.large 1");
}

TEST_CASE("line ends of Windows, a mark of Unicode and columns filled up by a spreadsheet are no fault") {
  const auto read = read_extension(
      "\xEF\xBB\xBFversion\t7\t\t\r\nkind\tmember\t\t\t\r\n"
      "field\t10001\town_a\ttext\treview\tgeneral\t-\t-\t-\t-\t1\r\nretired\town_a\t\t\r\n");
  REQUIRE(read.ok());
  CHECK(read->version == 7);
  CHECK(read->rows.front().kind == "member");
  CHECK(read->rows.front().retired);
  CHECK(read->rows.front().line == 3);
}

TEST_CASE("a file that a spreadsheet saved as Unicode text or in GB 18030 is read, its quotes taken off") {
  const std::string tabs =
      "version\t7\t\t\r\nkind\tmember\t\t\r\nfield\t10001\town_a\ttext\treview\tgeneral\t-\t-\t-\t-\t1\r\n"
      "label\town_a\t车次\tBus\r\npurpose\town_a\t\"安排接送, 叫\"\"春风\"\"行动\"\r\n";
  for (const std::string& file : {tabs, "\xFF\xFE" + test::as_utf16(tabs), test::as_utf16(tabs)}) {
    const auto read = read_extension(file);
    REQUIRE(read.ok());
    CHECK(read->version == 7);
    CHECK(read->rows.front().zh == "车次");
    CHECK(read->rows.front().purpose == "安排接送, 叫\"春风\"行动");
  }
  const auto gb = read_extension(
      "version\t7\nkind\tmember\nfield\t10001\town_a\ttext\treview\tgeneral\t-\t-\t-\t-\t1\n"
      "label\town_a\t\xB3\xB5\xB4\xCE\tBus\n");
  REQUIRE(gb.ok());
  CHECK(gb->rows.front().zh == "车次");
}
