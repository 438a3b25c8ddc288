// Fields the county does without: refused where a person writes, taken where they come from others.
#include "client/store/fields_off.hpp"

#include <doctest/doctest.h>

#include "shared/domain/optional_fields.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace cs = client::store;

TEST_CASE("only what the work can do without is switched off") {
  WorkStore work;
  for (const char* name : {"member.name", "member.standing", "mobility_episode.returned_on", "nothing"}) {
    put(*work.store, "parameter", {{"name", "field_off"}, {"value", name}});
    CHECK_FALSE(domain::is_optional_field(name));
  }
  const auto off = cs::fields_off(work.store->database(), *Date::parse(day(*work.store, 0)));
  REQUIRE(off.ok());
  CHECK(off->empty());
  const Id member = put_member(*work.store, "赵志远");
  CHECK(refusal(*work.store, member, "name", "赵志强") == "");
}

TEST_CASE("what a form of its own asks, and every other field, is never off") {
  WorkStore work;
  put(*work.store, "parameter", {{"name", "field_off"}, {"value", "member.occupation"}});
  const domain::Kind& member = *domain::Catalogue::base().kind("member");
  const Date today = *Date::parse(day(*work.store, 0));
  for (const domain::Field& field : member.fields) {
    const auto off = cs::is_off(work.store->database(), member, field, today);
    REQUIRE(off.ok());
    CHECK(*off == (field.name == "occupation"));
  }
}

}  // namespace lianxin::test
