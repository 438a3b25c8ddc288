#include "shared/domain/date_reader.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace lianxin::domain;

namespace {

std::string read(std::string_view text) {
  const auto date = read_office_date(text);
  return date.ok() ? date->text() : date.error().code;
}

std::string serial(double number, bool epoch_1904 = false) {
  const auto date = read_excel_serial(number, epoch_1904);
  return date.ok() ? date->text() : date.error().code;
}

TEST_CASE("a month, in every way it is written") {
  for (const std::string_view text :
       {"1990.5", "1990.05", "1990年5月", "1990年05月", "1990-5", "1990/5", "199005", "5/1990", "05.1990",
        "90.5", "90年5月", "１９９０．５", " 1990 年 5 月 ", "1990、5"}) {
    CHECK_MESSAGE(read(text) == "1990-05", text);
  }
  CHECK(read("1990.10") == "1990-10");
}

TEST_CASE("a day, in every way it is written") {
  for (const std::string_view text :
       {"1990-5-3", "1990.05.03", "1990/5/3", "1990年5月3日", "1990年5月3号", "19900503", "90.5.3", "900503",
        "1990 5 3", "1990-05-03 00:00:00", "1990-05-03T00:00:00.000Z"}) {
    CHECK_MESSAGE(read(text) == "1990-05-03", text);
  }
  CHECK(read("2024-2-29") == "2024-02-29");
  CHECK(read("201231") == "2020-12-31");
}

TEST_CASE("Chinese numerals") {
  CHECK(read("二〇〇五年六月") == "2005-06");
  CHECK(read("二○○五年十月") == "2005-10");
  CHECK(read("一九九八年十二月二十五日") == "1998-12-25");
  CHECK(read("二零零一年七月三十一日") == "2001-07-31");
  CHECK(read("二〇二三年二月廿三日") == "2023-02-23");
  CHECK(read("九八年元月") == "1998-01");
  CHECK(read("2005年六月") == "2005-06");
  CHECK(read("一九七九") == "1979");
  for (const std::string_view text :
       {"二〇〇五年十三月", "二〇〇五年三十二日", "十十月", "三廿", "百年", "二千零五年"})
    CHECK_MESSAGE(read(text) == "date.unreadable", text);
}

TEST_CASE("a year") {
  CHECK(read("1990") == "1990");
  CHECK(read("1990年") == "1990");
}

TEST_CASE("two-digit years turn at 30") {
  CHECK(read("29.6") == "2029-06");
  CHECK(read("30.6") == "1930-06");
}

TEST_CASE("Excel's day numbers") {
  CHECK(read("45292") == "2024-01-01");
  CHECK(serial(45292) == "2024-01-01");
  CHECK(serial(45292.75) == "2024-01-01");
  CHECK(serial(1) == "1900-01-01");
  CHECK(serial(59) == "1900-02-28");
  CHECK(serial(60) == "date.unreadable");
  CHECK(serial(61) == "1900-03-01");
  CHECK(serial(43830, true) == "2024-01-01");
  CHECK(serial(0) == "date.unreadable");
  CHECK(serial(-3) == "date.unreadable");
  CHECK(serial(1e18) == "date.unreadable");
  CHECK(serial(std::stod("nan")) == "date.unreadable");
}

TEST_CASE("what may mean two days, or none, is not read") {
  for (const std::string_view text :
       {"", "不详", "19905", "5/3/1990", "1990.13", "1990-2-30", "2023-2-29", "1990.0", "19900500", "1889",
        "2200-01-01", "9005", "1990年春", "1990.5.3.1", "123", "1990-05-03-", "05-03"}) {
    const bool trailing = text == "1990-05-03-";  // a sign at the end changes nothing
    CHECK_MESSAGE(read(text) == (trailing          ? "1990-05-03"
                                 : text == "05-03" ? "2005-03"
                                                   : "date.unreadable"),
                  text);
  }
}

}  // namespace
