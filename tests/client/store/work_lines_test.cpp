#include <doctest/doctest.h>

#include "client/store/work_queries.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace cs = client::store;

TEST_CASE("visits and calls stand in one list, newest first, each with its members") {
  WorkStore work;
  const Id zhao = put_member(*work.store, "赵志远");
  const Id shan = put_member(*work.store, "单立新");
  put(*work.store, "visit",
      {{"members+", zhao.text() + "," + shan.text()},
       {"occurred_on", day(*work.store, 5)},
       {"mode", "door"},
       {"outcome", "nobody"}});
  put(*work.store, "contact_attempt",
      {{"member_id", zhao.text()},
       {"occurred_on", day(*work.store, 2)},
       {"channel", "phone"},
       {"outcome", "no_answer"}});
  const auto all = cs::contact_lines(work.store->database(), Id{}, 10);
  REQUIRE(all.ok());
  REQUIRE(all->size() == 2);
  CHECK_FALSE((*all)[0].is_visit);
  CHECK((*all)[1].names.size() == 2);
  CHECK(cs::contact_lines(work.store->database(), shan, 10)->size() == 1);
}

TEST_CASE("open questions stand before closed ones") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id closed = put(*work.store, "case_item",
                        {{"member_id", member.text()},
                         {"opened_on", day(*work.store, 1)},
                         {"raised_via", "visit"},
                         {"kind", "question"},
                         {"topic", "job"},
                         {"level", "village"},
                         {"content", "就业"}});
  const Id open = put(*work.store, "case_item",
                      {{"member_id", member.text()},
                       {"opened_on", day(*work.store, 30)},
                       {"raised_via", "visit"},
                       {"kind", "question"},
                       {"topic", "medical"},
                       {"level", "village"},
                       {"content", "医保"}});
  change(*work.store, "case_item", closed, {{"closed_on", day(*work.store, 0)}});
  const auto lines = cs::case_lines(work.store->database(), Id{}, 10);
  REQUIRE(lines->size() == 2);
  CHECK((*lines)[0].record == open);
  CHECK((*lines)[1].state == "closed");
  CHECK(*cs::open_cases(work.store->database()) == 1);
}

}  // namespace lianxin::test
