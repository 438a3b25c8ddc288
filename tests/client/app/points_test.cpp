// The points ledger: off until the county says so, capped, decided by somebody else.
#include "client/app/points.hpp"

#include <doctest/doctest.h>

#include "client/app/points_sample.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace ca = client::app;

namespace {

struct Ledger {
  WorkStore work;
  Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", work.village.text()}});
  Id rule = put(*work.store, "points_rule",
                {{"code", "V1"},
                 {"name", "志愿服务"},
                 {"class", "volunteer"},
                 {"points_tenths", "20"},
                 {"cap_tenths", "30"},
                 {"cap_period", "month"},
                 {"evidence", "manual"},
                 {"version", "1"},
                 {"from", "2020-01-01"}});
  Date today = *Date::parse(day(*work.store, 0));

  void switch_on() {
    put(*work.store, "parameter", {{"name", "points_on"}, {"value", "1"}, {"from", "2020-01-01"}});
  }
  Result<ca::PointsMade> propose(const std::string& reason = "清雪") {
    return ca::propose_points(*work.store, {member, rule, today, "", reason});
  }
};

}  // namespace

TEST_CASE("nothing is proposed before the county has switched points on") {
  Ledger ledger;
  CHECK(*ca::parameter_on(*ledger.work.store, "points_on", ledger.today) == "");
  CHECK(ledger.propose().error().code == "points.off");
  ledger.switch_on();
  CHECK(*ca::parameter_on(*ledger.work.store, "points_on", ledger.today) == "1");
  CHECK(ledger.propose("").error().code == "points.reason");
  CHECK(ledger.propose()->tenths == 20);
}

TEST_CASE("the sample set ships switched off, is written once, and leaves alone what the county has") {
  Ledger ledger;
  client::store::LaptopStore& store = *ledger.work.store;
  const Id own = put(store, "points_rule", {{"code", "SL01"}, {"name", "本县的"}, {"points_tenths", "5"}});
  const auto added = ca::add_points_sample(store);
  REQUIRE(added.ok());
  CHECK(*added == 9);
  CHECK(*ca::add_points_sample(store) == 0);
  CHECK(store.records().get(own)->value().value("name") == "本县的");
  const auto rules = store.records().list({.kind = "points_rule"});
  REQUIRE(rules.ok());
  Id urgent;
  for (const auto& one : *rules) {
    if (one.values.at("code") == "SL07") urgent = one.id;
  }
  const auto propose = [&] {
    return ca::propose_points(store, {ledger.member, urgent, ledger.today, "", "抢险"});
  };
  CHECK(propose().error().code == "points.off");
  ledger.switch_on();
  CHECK(propose()->tenths == 50);
}

TEST_CASE("what is beyond the cap is left out, and the author does not approve") {
  Ledger ledger;
  ledger.switch_on();
  const auto first = ledger.propose();
  REQUIRE(first.ok());
  const auto second = ledger.propose();
  REQUIRE(second.ok());
  CHECK(second->tenths == 10);
  CHECK(second->capped);
  CHECK(ledger.propose().error().code == "points.cap");
  CHECK(ca::decide_points(*ledger.work.store, first->entry, true).error().code == "points.own");
  CHECK(ca::reverse_points(*ledger.work.store, first->entry, "记错").error().code == "points.not_approved");
  CHECK(ca::points_sums(*ledger.work.store, {2020, 1, 1}, ledger.today)->empty());
}

TEST_CASE("tenths in words") {
  CHECK(ca::points_text(125) == "12.5");
  CHECK(ca::points_text(20) == "2");
  CHECK(ca::points_text(-5) == "-0.5");
}

}  // namespace lianxin::test
