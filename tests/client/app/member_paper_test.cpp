// What is held about one member, on paper for the member.
#include "client/app/member_paper.hpp"

#include <doctest/doctest.h>

#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace ca = client::app;

TEST_CASE("the member's card and all that names it are counted, void ones too") {
  WorkStore work;
  const Id member =
      put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", work.village.text()}});
  put(*work.store, "consultation", {{"member_id", member.text()}, {"occurred_on", day(*work.store, 3)}});
  const Id voided =
      put(*work.store, "consultation", {{"member_id", member.text()}, {"occurred_on", day(*work.store, 2)}});
  REQUIRE(work.store->records().void_record(voided, "重复").ok());
  const auto paper = ca::member_paper(work.sources(), member);
  REQUIRE(paper.ok());
  CHECK(paper->pdf.starts_with("%PDF"));
  CHECK(paper->name == "赵连心");
  CHECK(paper->unit == work.village);
  CHECK(paper->records == 3);
}

TEST_CASE("only a member has a file") {
  WorkStore work;
  CHECK(ca::member_paper(work.sources(), Id::make(9)).error().code == "record.unknown");
  CHECK(ca::member_paper(work.sources(), work.material).error().code == "member.kind");
}

}  // namespace lianxin::test
