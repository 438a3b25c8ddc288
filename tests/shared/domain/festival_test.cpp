#include "shared/domain/festival.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace lianxin;
using namespace lianxin::domain;

namespace {

std::string on(int year, int month, int day) {
  return FestivalCalendar::base().proposed({year, month, day}).value_or("none");
}

TEST_CASE("Spring Festival of the years where libraries are a day off") {
  CHECK(FestivalCalendar::base().day_of("spring_festival", 2027) == Date{2027, 2, 6});
  CHECK(FestivalCalendar::base().day_of("spring_festival", 2030) == Date{2030, 2, 3});
  CHECK(FestivalCalendar::base().day_of("july_first", 2031) == Date{2031, 7, 1});
  CHECK_FALSE(FestivalCalendar::base().day_of("spring_festival", 2050).has_value());
  CHECK_FALSE(FestivalCalendar::base().day_of("no_festival", 2027).has_value());
}

TEST_CASE("the window ends where it is said to") {
  CHECK(on(2026, 2, 17) == "spring_festival");
  CHECK(on(2026, 1, 18) == "spring_festival");
  CHECK(on(2026, 1, 17) == "none");
  CHECK(on(2026, 3, 4) == "spring_festival");
  CHECK(on(2026, 3, 5) == "none");
  CHECK(on(2026, 6, 16) == "july_first");
  CHECK(on(2026, 6, 15) == "none");
  CHECK(on(2026, 7, 8) == "july_first");
  CHECK(on(2026, 7, 9) == "none");
}

TEST_CASE("of two windows the nearer day is proposed, and a window reaches over New Year") {
  CHECK(on(2027, 12, 31) == "new_year");         // Spring Festival is 26 days ahead
  CHECK(on(2027, 12, 27) == "spring_festival");  // of 26 January 2028
  CHECK(on(2026, 9, 25) == "mid_autumn");
  CHECK(on(2026, 10, 1) == "national_day");
}

TEST_CASE("a county's own day wins over the table, and goes on where the table ends") {
  const std::vector<CountyFestival> county = {{"spring_festival", "2037-02-15", "", ""},
                                              {"mid_autumn", "2026-09-24", "2026-09-20", ""}};
  const auto on = [&](const Date& day) {
    const auto window = nearest_window(FestivalCalendar::base().windows(day, county), day);
    return window ? window->festival + " " + window->on.text() : std::string("none");
  };
  CHECK(on({2037, 1, 16}) == "spring_festival 2037-02-15");
  CHECK(on({2037, 1, 15}) == "none");
  CHECK(on({2037, 3, 2}) == "spring_festival 2037-02-15");
  CHECK(on({2026, 9, 19}) == "none");
  CHECK(on({2026, 9, 20}) == "mid_autumn 2026-09-24");
  CHECK(on({2026, 9, 25}) == "mid_autumn 2026-09-24");
  CHECK(on({2026, 9, 26}) == "none");
}

TEST_CASE("a county's own table, and its faults") {
  const auto calendar = FestivalCalendar::parse("# ours\nfestival\tjuly_first\t07-01\t1\t1\n");
  REQUIRE(calendar.ok());
  CHECK(calendar->proposed({2026, 6, 30}) == "july_first");
  CHECK_FALSE(calendar->proposed({2026, 6, 29}).has_value());
  for (const std::string_view bad :
       {"festival\teaster\t04-01\t1\t1\n", "festival\tjuly_first\t13-01\t1\t1\n",
        "festival\tjuly_first\t07-01\tx\t1\n", "day\tspring_festival\t2026-02-17\n",
        "festival\tspring_festival\ttable\t1\t1\nday\tspring_festival\t2026-02-30\n"}) {
    CHECK_MESSAGE(FestivalCalendar::parse(bad).error().code == "festivals.malformed", bad);
  }
}

}  // namespace
