// A clock that lies decides nothing (P5): ten years fast, ten years slow, in the middle of a conflict.
#include <cstdlib>
#include <doctest/doctest.h>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

/// The program's own switch for tests and demonstrations: milliseconds added to the machine's clock.
Environment shifted(long long years) {
  return {{"LIANXIN_CLOCK_OFFSET_MS", std::to_string(years * 365 * 24 * 3600 * 1000)}};
}

TEST_CASE("a laptop ten years ahead is told, marked, and wins nothing by it") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id =
      a.ctl({"put", "member", "name=李守时", std::string("home_village_id=") + kSanhe, "home_address=起点"})
          .at("id");
  a.ctl({"sync"});
  b.ctl({"sync"});

  a.ctl({"put", "member", "--id", id, "home_address=快十年的钟"}, shifted(10));
  b.ctl({"put", "member", "--id", id, "home_address=准的钟"});
  a.ctl({"sync"}, shifted(10));
  b.ctl({"sync"});
  county.settle({&a, &b});

  const Json conflicts = b.ctl({"conflict", "list"});
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts.at(0).at("heads").size() == 2);
  CHECK(conflicts.at(0).at("shown") == "准的钟");  // unsuspect before suspect
  b.ctl({"conflict", "resolve", conflicts.at(0).at("id"), "--value", "商定"});
  county.settle({&a, &b});
  CHECK(a.ctl({"get", id}).at("fields").at("home_address").at("value") == "商定");
}

TEST_CASE("a laptop ten years behind syncs, and the offset is shown") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  const std::string id =
      a.ctl({"put", "member", "name=周慢钟", std::string("home_village_id=") + kSanhe}, shifted(-10))
          .at("id");
  const Json receipt = a.ctl({"sync"}, shifted(-10));
  CHECK(receipt.at("complete") == true);
  const long long offset = a.ctl({"status"}, shifted(-10)).at("clock_offset_ms").get<long long>();
  CHECK(std::llabs(offset) > 9LL * 365 * 24 * 3600 * 1000);
  // After the clock was set right its next edit replaces the first one without a conflict.
  a.ctl({"put", "member", "--id", id, "home_address=新址"});
  county.settle({&a});
  CHECK(a.ctl({"conflict", "list"}).empty());
  CHECK(a.ctl({"get", id}).at("fields").at("home_address").at("value") == "新址");
}

}  // namespace
