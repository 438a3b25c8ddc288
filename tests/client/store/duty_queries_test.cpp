// What the rhythm looks at, out of a real store of one village.
#include "client/store/duty_queries.hpp"

#include <doctest/doctest.h>

#include "client/store/duty_facts.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cs = client::store;

cs::DutyFacts facts_of(WorkStore& work, int before = 0) {
  const auto today = Date::parse(day(*work.store, before));
  REQUIRE(today.ok());
  auto facts = cs::duty_facts(work.store->database(), {Id(), *today});
  if (!facts.ok()) FAIL(facts.error().code << " " << facts.error().detail);
  return std::move(*facts);
}

Id put_call(WorkStore& work, const Id& member, int before, const char* outcome,
            const char* channel = "phone") {
  return put(*work.store, "contact_attempt",
             {{"member_id", member.text()},
              {"worker_id", work.store->identity().worker.text()},
              {"occurred_on", day(*work.store, before)},
              {"channel", channel},
              {"outcome", outcome}});
}

}  // namespace

TEST_CASE("a word of the family is no failed attempt, and an employer's is no contact") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  put_call(work, member, 20, "no_answer");
  put_call(work, member, 10, "reached_family");
  put_call(work, member, 8, "no_answer");
  put_call(work, member, 6, "reached_self", "employer");
  const auto contact = facts_of(work).members.front().contact;
  CHECK(contact.last_reached.empty());
  CHECK(contact.last_indirect == day(*work.store, 10));
  CHECK(contact.failed_days == 1);
}

TEST_CASE("what happened after the day asked for is not looked at") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  put_call(work, member, 40, "reached_self");
  put_call(work, member, 5, "reached_self");
  CHECK(facts_of(work).members.front().contact.last_reached == day(*work.store, 5));
  CHECK(facts_of(work, 10).members.front().contact.last_reached == day(*work.store, 40));
  CHECK(facts_of(work, 50).members.front().contact.last_reached.empty());
}

TEST_CASE("a liaison counts while the pairing is open") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  CHECK(facts_of(work).members.front().liaisons == 0);
  const Id pairing = put(*work.store, "liaison_assignment",
                         {{"member_id", member.text()},
                          {"worker_id", work.store->identity().worker.text()},
                          {"from", day(*work.store, 30)},
                          {"reason", "initial"}});
  CHECK(facts_of(work).members.front().liaisons == 1);
  CHECK(facts_of(work).members.front().liaison == work.store->identity().worker);
  CHECK(facts_of(work, 40).members.front().liaisons == 0);
  change(*work.store, "liaison_assignment", pairing, {{"to", day(*work.store, 1)}});
  CHECK(facts_of(work).members.front().liaisons == 0);
}

TEST_CASE("a refresh is said for its quarter until it is taken out of the counts") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const auto today = Date::parse(day(*work.store, 0));
  const Id said = put(*work.store, "quarter_refresh",
                      {{"member_id", member.text()},
                       {"quarter", cs::quarter_text(*today)},
                       {"occurred_on", today->text()},
                       {"outcome", "unchanged"}});
  CHECK(facts_of(work).members.front().said_this_quarter);
  REQUIRE(work.store->records().void_record(said, "记错了人").ok());
  CHECK_FALSE(facts_of(work).members.front().said_this_quarter);
}

TEST_CASE("questions wait until they are closed; the deceased are nobody's duty") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id question = put(*work.store, "case_item",
                          {{"member_id", member.text()},
                           {"opened_on", day(*work.store, 20)},
                           {"raised_via", "phone"},
                           {"kind", "question"},
                           {"topic", "job"},
                           {"content", "问培训班何时报名"},
                           {"level", "village"},
                           {"due_on", day(*work.store, 2)}});
  REQUIRE(facts_of(work).cases.size() == 1);
  CHECK(facts_of(work).cases.front().member == member);
  put(*work.store, "case_event",
      {{"case_id", question.text()}, {"occurred_on", day(*work.store, 1)}, {"kind", "closed"}});
  CHECK(facts_of(work).cases.empty());
  CHECK(facts_of(work, 2).cases.size() == 1);
  change(*work.store, "member", member, {{"standing", "deceased"}});
  CHECK(facts_of(work).members.empty());
}

}  // namespace lianxin::test
