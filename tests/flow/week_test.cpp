// A week in three villages' worth of work: visits, deliveries, contact points, cases; two workers, one
// township officer.
#include <doctest/doctest.h>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

constexpr const char* kTownship = "220622101";   // 三道湖镇
constexpr const char* kDajing = "220622101201";  // 大井村

std::string put(const Laptop& laptop, std::vector<std::string> words) {
  words.insert(words.begin(), "put");
  return laptop.ctl(words).at("id");
}

std::string member(const Laptop& laptop, const std::string& name, const std::string& village) {
  return put(laptop, {"member", "name=" + name, "gender=2", "home_village_id=" + village,
                      "home_address=" + name + "家"});
}

TEST_CASE(
    "visits, phones, parcels and questions of a week reach the office and every laptop that may hold them") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  Laptop office = county.laptop("丙", "township_officer", kTownship);
  Laptop other = county.laptop("丁", "worker", kDajing);

  const std::string zhao = member(a, "赵志远", kSanhe);
  const std::string far = member(other, "孙大井", kDajing);
  const std::string phone =
      put(a, {"contact_point", "member_id=" + zhao, "kind=mobile", "value=138 0000 1234", "owner=self"});
  const std::string episode = put(a, {"mobility_episode", "member_id=" + zhao, "direction=out",
                                      "left_on=2025-03", "employer=宏达电子有限公司"});
  a.ctl({"sync"});
  other.ctl({"sync"});
  b.ctl({"sync"});
  office.ctl({"sync"});
  CHECK(b.ctl({"get", phone}).at("fields").at("value").at("value") == "13800001234");
  CHECK(office.ctl({"list", "member"}).size() == 2);
  CHECK(b.try_ctl({"get", far}).exit_code == 1);  // another village's member is not on this laptop

  const std::string visit =
      put(a, {"visit", "members+=" + zhao, "occurred_on=2026-11-18", "mode=door", "purposes+=verify",
              "purposes+=study", "outcome=met", "content=本人说换了卡，当场拨通"});
  a.ctl({"put", "contact_point", "--id", phone, "--cause", "visit:" + visit, "value=19900005566"});
  a.ctl({"put", "mobility_episode", "--id", episode, "--cause", "visit:" + visit, "employer=顺丰速运南关站"});
  put(a, {"delivery", "member_id=" + zhao, "mode=by_hand", "dispatched_on=2026-11-18"});
  put(a, {"case_item", "member_id=" + zhao, "opened_on=2026-11-18", "raised_via=visit", "kind=question",
          "topic=medical", "content=医保异地备案", "level=township"});
  b.ctl({"put", "contact_point", "--id", phone, "--cause", "family", "value=19900007788"});
  b.ctl({"put", "mobility_episode", "--id", episode, "--cause", "family", "employer=宏达电子二厂"});
  county.settle({&a, &b, &office, &other});

  const Json conflicts = office.ctl({"conflict", "list"});
  REQUIRE(conflicts.size() == 2);
  for (const Json& conflict : conflicts) {
    const bool is_phone = conflict.at("record") == phone;
    CHECK(conflict.at("shown") == (is_phone ? "19900005566" : "顺丰速运南关站"));  // seen in person
  }
  // One in the field, one in the office.
  for (const Json& conflict : conflicts) {
    const Laptop& who = conflict.at("record") == phone ? b : office;
    std::string id;
    for (const Json& own : who.ctl({"conflict", "list"})) {
      if (own.at("record") == conflict.at("record")) id = own.at("id");
    }
    who.ctl({"conflict", "resolve", id, "--value", conflict.at("shown")});
  }
  county.settle({&a, &b, &office, &other});
  CHECK(a.ctl({"conflict", "list"}).empty());
  CHECK(office.ctl({"list", "visit"}).size() == 1);
  CHECK(other.ctl({"list", "visit"}).empty());
  CHECK(office.ctl({"get", zhao}).at("children").at("visit").at(0) == visit);
}

TEST_CASE("a visit to a member who is not on any list yet waits for nobody") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  const std::string id =
      put(a, {"member", "name=王𬭎", std::string("home_village_id=") + kSanhe, "unverified=1"});
  put(a,
      {"visit", "members+=" + id, "occurred_on=2026-11-18", "mode=door", "purposes+=talk", "outcome=nobody"});
  county.settle({&a});
  CHECK(a.ctl({"list", "member", "--search", "王𬭎"}).size() == 1);
  CHECK(a.ctl({"list", "member", "--search", "wanghong"}).size() == 1);
  CHECK(a.ctl({"list", "member", "--search", "wh"}).size() == 1);
}

}  // namespace
