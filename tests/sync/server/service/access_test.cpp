#include "sync/server/service/access.hpp"

#include "tests/sync/server/service/office.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Granted {
  Office office;
  server::Access access(const std::string& role, const std::string& code) {
    const Id worker = office.worker("甲", role, code);
    return must(server::access_of(*office.reader(), worker, Date::of(office.clock.now_ms())));
  }
};

TEST_CASE("roles have words, and no others") {
  for (const std::string_view role :
       {"worker", "secretary", "township_officer", "county_officer", "administrator"})
    CHECK(server::word(must(server::parse_role(role))) == role);
  CHECK(server::parse_role("boss").error().code == "role.unknown");
}

TEST_CASE("a grant covers the division and all below, the shelf first, the rest by code") {
  Granted granted;
  const server::Access access = granted.access("township_officer", kTownship);
  REQUIRE(access.scopes.size() == 4);
  CHECK(access.scopes[0].scope.is_nil());
  CHECK(access.scopes[1].code == kTownship);
  CHECK(access.scopes[2].code == kSanhe);
  CHECK(access.holds(granted.office.unit(kDajing)));
  CHECK(!access.holds(granted.office.unit(kLongquan)));
  CHECK(!access.writes_shelf);
  CHECK(granted.access("county_officer", kCounty).writes_shelf);
}

TEST_CASE("a worker in the field holds hardship and notes only as far as own; an office all of them") {
  Granted granted;
  for (const bool field : {true, false}) {
    const server::Access access = granted.access(field ? "worker" : "secretary", kSanhe);
    REQUIRE(access.scopes.size() == 2);
    REQUIRE(access.scopes[1].classes.size() == 5);
    for (const server::HeldClass& held : access.scopes[1].classes) {
      const bool own = field && server::is_own_only(held.privacy);
      CHECK(held.audience == (own ? access.worker : Id{}));
    }
    CHECK(server::to_wire(access.scopes)[1].classes.size() == 5);
  }
}

TEST_CASE("a grant is in force from its first to its last day, both included") {
  const Date day = must(Date::parse("2026-11-24"));
  const auto grant = [](const char* from, const char* to) {
    return store::GrantRow{{}, {}, {}, "worker", from, to};
  };
  CHECK(server::is_in_force(grant("2026-11-24", "2026-11-24"), day));
  CHECK(server::is_in_force(grant("", ""), day));
  CHECK(!server::is_in_force(grant("2026-11-25", ""), day));
  CHECK(!server::is_in_force(grant("2026-01-01", "2026-11-23"), day));
}

}  // namespace
