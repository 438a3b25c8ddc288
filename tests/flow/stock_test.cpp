// Stock in a worker's bag: in, out with a delivery, and the same sums wherever they may be seen.
#include <doctest/doctest.h>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

std::string put(const Laptop& laptop, std::vector<std::string> words) {
  words.insert(words.begin(), "put");
  return laptop.ctl(words).at("id");
}

int in_store(const Laptop& laptop, const std::string& bag) {
  int sum = 0;
  for (const Json& row : laptop.ctl({"list", "stock_movement"})) {
    const Json fields = laptop.ctl({"get", row.at("id").get<std::string>()}).at("fields");
    if (fields.at("store_id").at("value") == bag)
      sum += std::stoi(fields.at("delta").at("value").get<std::string>());
  }
  return sum;
}

TEST_CASE("what is in a worker's bag is the same before a sync, after it, and at the township office") {
  County county;
  Laptop chief = county.laptop("县", "county_officer", "220622");
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  Laptop office = county.laptop("丙", "township_officer", "220622101");
  const std::string bag = put(chief, {"org_unit", "kind=store", "name=甲的背包", "from=2026-01-01",
                                      "parent_id=220622101", "keeper_id=" + county.worker_id("甲")});
  const std::string material =
      put(chief, {"material", "name=学习资料包", "kind=study_pack", "from=2026-01-01"});
  for (const Laptop* laptop : {&chief, &a, &office})
    laptop->ctl({"sync"});
  put(office, {"stock_movement", "occurred_on=2026-11-01", "store_id=" + bag, "material_id=" + material,
               "delta=10", "reason=receive"});
  office.ctl({"sync"});
  a.ctl({"sync"});
  CHECK(in_store(a, bag) == 10);
  const std::string member = put(a, {"member", "name=赵志远", std::string("home_village_id=") + kSanhe});
  put(a, {"delivery", "member_id=" + member, "mode=by_hand", "dispatched_on=2026-11-18"});
  put(a, {"stock_movement", "occurred_on=2026-11-18", "store_id=" + bag, "material_id=" + material,
          "delta=-4", "reason=hand_out"});
  CHECK(in_store(a, bag) == 6);
  county.settle({&a, &b, &office});
  CHECK(in_store(a, bag) == 6);
  CHECK(in_store(office, bag) == 6);
  CHECK(in_store(b, bag) == 0);  // another's bag, hung under the township, is not on this laptop
}

}  // namespace
