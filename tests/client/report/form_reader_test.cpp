// How the definitions of forms are read, and what is wrong with one.
#include <doctest/doctest.h>

#include "client/report/forms.hpp"

namespace {

using namespace lianxin;
namespace report = lianxin::client::report;

std::string why(std::string_view text) {
  const auto form = report::parse_form("x", text);
  if (form.ok()) return "";
  CHECK(form.error().code == "report.definition");
  return form.error().args.at(0).value + ": " + form.error().args.at(1).value;
}

TEST_CASE("a form of one record: pages, pairs, classes, signatures") {
  const auto form = report::parse_form("x",
                                       "by_record\nneeds hardship\nperiod month\nsign a b\npage one\ngrid 5 "
                                       "6\npair p 1 1 text notes lines:3 or_none\n"
                                       "facts\nSELECT 1,\n  2;\npage two\ncolumn c 5 money\ncolumn d 6 "
                                       "word:w hardship\ntotals\nnote n\nrows\nSELECT 3;\n");
  REQUIRE(form.ok());
  CHECK(form->by == report::SheetsBy::kRecord);
  CHECK(form->needs == domain::PrivacyClass::kHardship);
  CHECK(form->period == client::figures::PeriodKind::kMonth);
  CHECK(form->signatures == std::vector<std::string>{"a", "b"});
  REQUIRE(form->pages.size() == 2);
  const report::FormPair& pair = form->pages[0].card.at(0).at(0);
  CHECK((pair.key == "p" && pair.lines == 3 && pair.or_none && pair.needs == domain::PrivacyClass::kNotes));
  CHECK(form->pages[0].facts == "SELECT 1,\n  2");
  CHECK(form->pages[0].columns[0].key == "-");
  CHECK(form->pages[1].key == "two");
  CHECK(form->pages[1].has_totals);
  CHECK(form->pages[1].columns[1].list == "w");
  CHECK(form->pages[1].rows == "SELECT 3");
}

TEST_CASE("a definition that cannot be read is told by its line") {
  CHECK(why("column a 5 text\nrows\nSELECT 1;\n") == "");
  CHECK(why("column a 5 word\nrows\nSELECT 1;\n") == "1: unknown word word");
  CHECK(why("column a 1 text\n") == "1: a width of 2 to 80 is wanted");
  CHECK(why("column a 5 code:nothing\n") == "1: no such list: nothing");
  CHECK(why("sheet\n") == "1: unknown line: sheet");
  CHECK(why("column a 5 text\n") == "2: columns and rows are wanted");
  CHECK(why("grid 5 5\npair a 1 2 text\nfacts\nSELECT 1;\n") == "5: a line takes 3 columns");
  CHECK(why("grid 5 5\npair a 1 1 text\nrows\nSELECT 1;\n") == "5: pairs and facts belong together");
  CHECK(why("by_record\ngrid 5 5\npair a 1 1 text\nrows\nSELECT 1;\n") == "6: the first page has no facts");
  CHECK(
      why("by_record\ngrid 5 5\npair a 1 1 text\nfacts\nSELECT 1;\npage b\ncolumn a 6 text\ncolumn b 5 text\n"
          "rows\nSELECT 2;\n") == "11: the pages of a record have the same widths");
  CHECK(why("period week\n") == "1: unknown word week");
  CHECK(why("needs secrecy\n") == "1: unknown word secrecy");
}

}  // namespace
