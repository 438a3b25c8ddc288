#include "client/view/wording.hpp"

#include <doctest/doctest.h>

#include "tests/client/view/work_store.hpp"

using lianxin::Date;
using lianxin::client::view::Wording;
using lianxin::test::wording;

TEST_CASE("dates are said as people say them, with the year only when it is another") {
  const Date today{2026, 11, 18};
  CHECK(wording().day("2026-09-30", today) == "9月30日");
  CHECK(wording().day("2025-03-02", today) == "2025年3月2日");
  CHECK(wording().day("1979-03", today) == "1979年3月");
  CHECK(wording().day("", today).empty());
  CHECK(wording("en").day("2026-09-30", today) == "30 Sep");
}

TEST_CASE("codes are said in the language, lists joined as it joins words") {
  CHECK(wording().codes("visit_purpose", "verify,talk") == "信息核实、谈心谈话");
  CHECK(wording("en").codes("visit_purpose", "verify,talk") == "Verify, Talk");
  CHECK(wording().code("visit_mode", "").empty());
}

TEST_CASE("sizes, counts and times of day are short") {
  CHECK(Wording::number(1284) == "1,284");
  CHECK(Wording::number(1000000) == "1,000,000");
  CHECK(Wording::number(7) == "7");
  CHECK(Wording::size(3277) == "3.2 KB");
  CHECK(Wording::size(5 * 1024 * 1024) == "5.0 MB");
  CHECK(Wording::clock_time(0) == "08:00:00");
  CHECK(Wording::dotted({"走访", "", "入户"}) == "走访 · 入户");
}
