// F8 lists every change of a destination: also one that was written over within an outflow.
#include "client/report/destination_changes.hpp"

#include <doctest/doctest.h>

#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

struct Change {
  std::string before;
  std::string after;
  std::string day;
  bool operator==(const Change&) const = default;
};

struct Quarter {
  CountyDesk desk;
  Id episode;

  Quarter(const char* field, const char* place) {
    const Id member = desk.add("member", {{"name", "赵换地"}, {"home_village_id", desk.sanhe.text()}});
    Fields fields = {
        {"member_id", member.text()}, {"direction", "out"}, {"state", "out"}, {"left_on", "2020-01-10"}};
    fields.emplace_back(field, place);
    episode = desk.add("mobility_episode", fields);
  }
  [[nodiscard]] Date today() const { return Date::of(desk.clock.now_ms()); }
  void on_day(int later, const Fields& fields) {
    desk.clock.advance(later * kDayMs);
    desk.put("mobility_episode", episode, fields);
  }
  std::vector<Change> changes() {
    auto ledger = figures::Ledger::open(*desk.database, {desk.county, {2020, 6, 1}, today(), false});
    REQUIRE(ledger.ok());
    REQUIRE(report::fill_destination_changes(desk.records, *ledger).ok());
    auto select = ledger->prepare("SELECT before, after, on_day FROM destination_change ORDER BY on_day");
    std::vector<Change> out;
    while (*select.step())
      out.push_back({select.text(0), select.text(1), select.text(2)});
    return out;
  }
};

TEST_CASE("a destination written over is a change with its day, what stood before and what stands now") {
  Quarter q("usual_place", "沈阳市");
  const std::string first = q.today().plus_days(10).text();
  const std::string second = q.today().plus_days(15).text();
  q.on_day(10, {{"usual_place", "长春市"}});
  q.on_day(5, {{"usual_place", "杭州市"}, {"employer", "某厂"}});
  CHECK(q.changes() == std::vector<Change>{{"沈阳市", "长春市", first}, {"长春市", "杭州市", second}});
}

TEST_CASE("what is put right on the day it was entered, what is put back, and what is no place are none") {
  Quarter q("usual_place", "沈阳市");
  q.on_day(0, {{"usual_place", "沈阳市和平区"}});
  q.on_day(10, {{"employer", "某厂"}});
  q.on_day(1, {{"usual_place", "长春市"}});
  q.on_day(0, {{"usual_place", "沈阳市和平区"}});
  CHECK(q.changes().empty());
}

TEST_CASE("a division stands for the place where no words do; an earlier question leaves nothing behind") {
  Quarter q("dest_division", "210102");
  const std::string day = q.today().plus_days(3).text();
  q.on_day(3, {{"dest_division", "330106"}});
  const std::vector<Change> moved = {{"place:210102", "place:330106", day}};
  CHECK(q.changes() == moved);
  CHECK(q.changes() == moved);
}

}  // namespace
