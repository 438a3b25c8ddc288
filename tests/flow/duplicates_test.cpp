// One person entered in two villages: found by the township after a sync, decided by a person, one person on
// every laptop, two again when it is taken back (sync.md 3.8; domain.md 5.1).
#include <doctest/doctest.h>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

constexpr const char* kDajing = "220622101201";
constexpr const char* kTownship = "220622101";

std::string member(const Laptop& laptop, const std::string& name, const std::string& village) {
  return laptop
      .ctl({"put", "member", "name=" + name, "gender=1", "born_on=1979-03", "home_village_id=" + village})
      .at("id");
}

std::vector<std::string> listed(const Laptop& laptop, const std::string& search) {
  std::vector<std::string> out;
  for (const Json& row : laptop.ctl({"list", "member", "--search", search}))
    out.push_back(row.at("id"));
  return out;
}

struct Story {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop d = county.laptop("丁", "worker", kDajing);
  Laptop town = county.laptop("镇", "township_officer", kTownship);
  std::string here = member(a, "赵连心", kSanhe);
  std::string there = member(d, "赵连心", kDajing);
  std::string phone =
      d.ctl({"put", "contact_point", "member_id=" + there, "kind=mobile", "value=13900000002"}).at("id");
  void settle() { county.settle({&a, &d, &town}); }
};

TEST_CASE(
    "two villages enter one person: the township finds and decides, both see one, and two when it is taken "
    "back") {
  Story s;
  s.settle();
  for (const Laptop* laptop : {&s.a, &s.d})
    CHECK(laptop->ctl({"duplicate", "list"}).empty());  // a village knows its own people only
  const Json found = s.town.ctl({"duplicate", "list"});
  REQUIRE(found.size() == 1);
  CHECK(found[0].at("kind") == "member");
  CHECK(found[0].at("one") == s.here);
  CHECK(found[0].at("other") == s.there);
  CHECK(found[0].at("likeness") == "likely");
  CHECK(found[0].at("reasons")[0].at("reason") == "name_born");
  CHECK(found[0].at("scopes") == Json({kSanhe, kDajing}));
  CHECK(found[0].at("differs").contains("home_village_id"));
  CHECK(!found[0].at("differs").contains("name"));

  const Json said = s.town.ctl({"duplicate", "same", s.there, s.here});
  CHECK(said.at("canonical") == s.here);
  CHECK(said.at("records") == Json({s.here, s.there}));
  s.settle();
  for (const Laptop* laptop : {&s.a, &s.d, &s.town}) {
    INFO(laptop->name());
    CHECK(listed(*laptop, "赵连心") == std::vector<std::string>{s.here});
    CHECK(listed(*laptop, "13900000002") == std::vector<std::string>{s.here});
    CHECK(laptop->ctl({"get", s.there}).at("same") == Json({s.here, s.there}));
    CHECK(laptop->ctl({"get", s.phone}).at("fields").at("value").at("value") == "13900000002");
    CHECK(laptop->ctl({"duplicate", "list"}).empty());
    CHECK(laptop->ctl({"duplicate", "list", "--said"}).at(0).at("same") == true);
  }
  // Either village works on either record, offline.
  s.a.ctl({"put", "member", "--id", s.there, "home_address=三合村1组3号"});
  s.settle();
  CHECK(s.d.ctl({"get", s.there}).at("fields").at("home_address").at("value") == "三合村1组3号");

  s.town.ctl({"duplicate", "undo", s.here, s.there});
  s.settle();
  CHECK(listed(s.a, "赵连心") == std::vector<std::string>{s.here});
  CHECK(listed(s.d, "赵连心") == std::vector<std::string>{s.there});
  CHECK(listed(s.town, "赵连心").size() == 2);
  CHECK(s.a.try_ctl({"get", s.there}).exit_code == 1);
  CHECK(s.a.try_ctl({"get", s.phone}).exit_code == 1);
  CHECK(s.town.ctl({"duplicate", "list"}).size() == 1);
  CHECK(s.county.server({"verify"}).at("ok") == true);
}

TEST_CASE("\"not the same\" is remembered everywhere; two officers who disagree find it on the desk") {
  Story s;
  Laptop office = s.county.laptop("县", "county_officer", "220622");
  s.county.settle({&s.a, &s.d, &s.town, &office});
  s.town.ctl({"duplicate", "different", s.here, s.there});
  s.county.settle({&s.a, &s.d, &s.town, &office});
  CHECK(s.town.ctl({"duplicate", "list"}).empty());
  CHECK(office.ctl({"duplicate", "list"}).empty());
  CHECK(office.ctl({"duplicate", "list", "--said"}).at(0).at("same") == false);
  s.town.ctl({"duplicate", "undo", s.here, s.there});
  s.county.settle({&s.a, &s.d, &s.town, &office});
  CHECK(office.ctl({"duplicate", "list"}).size() == 1);

  s.town.ctl({"duplicate", "different", s.here, s.there});
  office.ctl({"duplicate", "same", s.here, s.there});
  s.county.settle({&s.a, &s.d, &s.town, &office});
  const Json conflicts = s.town.ctl({"conflict", "list"});
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts[0].at("field") == "alias_of");
  s.town.ctl({"conflict", "resolve", conflicts[0].at("id"), "--value", "0"});
  s.county.settle({&s.a, &s.d, &s.town, &office});
  CHECK(office.ctl({"conflict", "list"}).empty());
  CHECK(listed(office, "赵连心").size() == 2);
  CHECK(s.a.try_ctl({"get", s.there}).exit_code == 1);
}

TEST_CASE("what cannot be said of two records is said in one line, and nothing changes") {
  Story s;
  s.settle();
  const std::string before = s.town.dump();
  const Said self = s.town.try_ctl({"duplicate", "same", s.here, s.here});
  CHECK(self.exit_code == 1);
  CHECK(self.out.find("duplicate.self") != std::string::npos);
  CHECK(s.town.try_ctl({"duplicate", "same", s.here, s.phone}).exit_code == 1);
  CHECK(s.town.try_ctl({"duplicate", "undo", s.here, s.there}).exit_code == 1);
  CHECK(s.a.try_ctl({"duplicate", "same", s.here, s.there}).exit_code == 1);  // not on this laptop
  CHECK(s.town.try_ctl({"duplicate", "same", s.here}).exit_code == 2);
  CHECK(s.town.dump() == before);
}

}  // namespace
