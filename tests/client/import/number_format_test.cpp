#include "client/import/number_format.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::import {

TEST_CASE("date formats are told from all others") {
  CHECK(format_precision("yyyy-mm-dd") == DatePrecision::kDay);
  CHECK(format_precision("yyyy\"年\"m\"月\"d\"日\";@") == DatePrecision::kDay);
  CHECK(format_precision("yyyy\"年\"m\"月\"") == DatePrecision::kMonth);
  CHECK(format_precision("[$-804]yyyy\"年\"m\"月\";@") == DatePrecision::kMonth);
  CHECK(format_precision("yyyy.mm") == DatePrecision::kMonth);
  CHECK(format_precision("yyyy") == DatePrecision::kYear);
  CHECK(format_precision("m/d/yy h:mm") == DatePrecision::kDay);
  CHECK(format_precision("h:mm:ss") == DatePrecision::kNone);
  CHECK(format_precision("[h]:mm") == DatePrecision::kNone);
  CHECK(format_precision("General") == DatePrecision::kNone);
  CHECK(format_precision("0.00E+00") == DatePrecision::kNone);
  CHECK(format_precision("[Red]0") == DatePrecision::kNone);
  CHECK(format_precision("0\"day\"") == DatePrecision::kNone);
  CHECK(format_precision("@") == DatePrecision::kNone);
  CHECK(format_precision("\"unfinished") == DatePrecision::kNone);
  CHECK(builtin_format_precision(14) == DatePrecision::kDay);
  CHECK(builtin_format_precision(57) == DatePrecision::kMonth);
  CHECK(builtin_format_precision(0) == DatePrecision::kNone);
  CHECK(builtin_format_precision(20) == DatePrecision::kNone);
}

}  // namespace lianxin::client::import
