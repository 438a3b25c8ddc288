// The walk through the main job, line by line as the README's command line section tells it.
#include <doctest/doctest.h>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

std::string put_member(const Laptop& laptop, const std::string& name, const std::string& address) {
  return laptop
      .ctl({"put", "member", "name=" + name, "gender=1", "born_on=1979-03",
            std::string("home_village_id=") + kSanhe, "home_address=" + address})
      .at("id");
}

Json field(const Laptop& laptop, const std::string& id, const std::string& name) {
  return laptop.ctl({"get", id}).at("fields").at(name);
}

TEST_CASE("two laptops change one address; a person decides; dumps are byte-equal on all three") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);

  const std::string id = put_member(a, "赵连心", "三合村1组3号");
  const Json receipt = a.ctl({"sync"});
  CHECK(receipt.at("complete") == true);
  CHECK(receipt.at("round_trips") == 1);
  REQUIRE(receipt.at("scopes").size() == 1);
  CHECK(receipt.at("scopes").at(0).at("scope") == kSanhe);
  CHECK(receipt.at("scopes").at(0).at("records") == 1);
  CHECK(receipt.at("scopes").at(0).at("equal") == true);

  b.ctl({"sync"});
  CHECK(field(b, id, "name") == Json({{"value", "赵连心"}, {"dispute", false}, {"confirmed_on", nullptr}}));

  a.ctl({"put", "member", "--id", id, "home_address=A 路 1 号"});
  b.ctl({"put", "member", "--id", id, "--cause", "phone", "home_address=B 路 2 号"});
  a.ctl({"sync"});
  b.ctl({"sync"});
  a.ctl({"sync"});

  for (const Laptop* laptop : {&a, &b}) {
    const Json conflicts = laptop->ctl({"conflict", "list"});
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts.at(0).at("record") == id);
    CHECK(conflicts.at(0).at("field") == "home_address");
    CHECK(conflicts.at(0).at("heads").size() == 2);
    CHECK(conflicts.at(0).at("shown") == "B 路 2 号");  // by phone is better known than typed without cause
    CHECK(field(*laptop, id, "home_address").at("dispute") == true);
  }

  const Json conflict = a.ctl({"conflict", "list"}).at(0);
  std::string take;
  for (const Json& head : conflict.at("heads")) {
    if (head.at("value") == "A 路 1 号") take = head.at("change");
  }
  REQUIRE(!take.empty());
  a.ctl({"conflict", "resolve", conflict.at("id"), "--take", take});
  county.settle({&a, &b});

  for (const Laptop* laptop : {&a, &b}) {
    CHECK(laptop->ctl({"conflict", "list"}).empty());
    CHECK(field(*laptop, id, "home_address").at("value") == "A 路 1 号");
  }
  CHECK(a.dump() == b.dump());
  REQUIRE(b.ctl({"status"}).at("told").size() == 1);
  CHECK(a.ctl({"status"}).at("told").empty());
  const std::string history = a.ctl({"get", id, "--history"}).dump();
  CHECK(history.find("B 路 2 号") != std::string::npos);
  CHECK(history.find("三合村1组3号") != std::string::npos);
}

TEST_CASE("a conflict left alone loses nothing, and two resolutions at once are a conflict again") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id = put_member(a, "钱守信", "旧地址");
  a.ctl({"sync"});
  b.ctl({"sync"});
  a.ctl({"put", "member", "--id", id, "home_address=甲的"});
  b.ctl({"put", "member", "--id", id, "home_address=乙的"});
  county.settle({&a, &b});

  const Json at_a = a.ctl({"conflict", "list"}).at(0);
  const Json at_b = b.ctl({"conflict", "list"}).at(0);
  a.ctl({"conflict", "resolve", at_a.at("id"), "--value", "甲说了算"});
  b.ctl({"conflict", "resolve", at_b.at("id"), "--value", "乙说了算"});
  county.settle({&a, &b});
  REQUIRE(a.ctl({"conflict", "list"}).size() == 1);
  CHECK(a.ctl({"conflict", "list"}).at(0).at("heads").size() == 2);

  a.ctl({"conflict", "resolve", a.ctl({"conflict", "list"}).at(0).at("id"), "--value", "商量好的"});
  county.settle({&a, &b});
  CHECK(b.ctl({"conflict", "list"}).empty());
  CHECK(field(b, id, "home_address").at("value") == "商量好的");
}

}  // namespace
