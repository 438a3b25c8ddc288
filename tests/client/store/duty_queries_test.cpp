// What the rhythm looks at, out of a real store of one village.
#include "client/store/duty_queries.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "client/store/duty_facts.hpp"
#include "client/store/duty_papers.hpp"
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

TEST_CASE("of two liaisons the one of the earlier pairing speaks, in whatever order they came") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id earlier = Id::make(1'700'000'000'000);
  const Id later = Id::make(1'750'000'000'000);
  for (const Id& worker : {later, earlier}) {
    auto insert = work.store->database().prepare(
        "INSERT INTO k_liaison_assignment(r_id, r_scope, r_parent, r_flags, worker_id) SELECT ?1, r_scope, "
        "r_id, 0, id_text(?1) FROM k_member WHERE r_id = ?2");
    REQUIRE(insert.bind(1, worker).bind(2, member).run().ok());
  }
  CHECK(facts_of(work).members.front().liaisons == 2);
  CHECK(facts_of(work).members.front().liaison == earlier);
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

TEST_CASE("a question without a day waits for its answer; solved on the spot it waits for none") {
  WorkStore work;
  const auto question = [&](const std::string& level, const std::string& answered) {
    return put(*work.store, "case_item",
               {{"anonymous", "1"},
                {"org_id_at_event", work.village.text()},
                {"opened_on", day(*work.store, 20)},
                {"level", level},
                {"answered_on", answered}});
  };
  const Id open = question("village", "");
  question("village", day(*work.store, 3));
  question("on_spot", "");
  const auto waiting = [&] {
    std::set<Id> out;
    for (const cs::DutyCase& one : facts_of(work).cases)
      if (!one.is_answered) out.insert(one.record);
    return out;
  };
  CHECK(facts_of(work).cases.size() == 3);
  CHECK(waiting() == std::set<Id>{open});
  put(*work.store, "case_event",
      {{"case_id", open.text()}, {"occurred_on", day(*work.store, 1)}, {"kind", "answered"}});
  CHECK(waiting().empty());
}

TEST_CASE("a consultation that was not solved waits for a question or a better answer") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const auto consult = [&](const Id& who, int ago, const char* solved) {
    return put(*work.store, "consultation",
               {{who.is_nil() ? "asker_kind" : "member_id", who.is_nil() ? "family" : who.text()},
                {who.is_nil() ? "org_id_at_event" : "channel", who.is_nil() ? work.village.text() : "phone"},
                {"occurred_on", day(*work.store, ago)},
                {"solved_on_spot", solved}});
  };
  const auto count = [&] { return facts_of(work).consultations.size(); };
  consult(member, 5, "1");
  CHECK(count() == 0);
  const Id asked = consult(member, 4, "0");
  CHECK(count() == 1);
  CHECK(facts_of(work).consultations.front().member == member);
  consult(member, 6, "1");  // before
  CHECK(count() == 1);
  consult(Id(), 3, "0");
  consult(Id(), cs::kConsultationDays + 1, "0");
  CHECK(count() == 2);
  put(*work.store, "case_item", {{"member_id", member.text()}, {"opened_on", day(*work.store, 1)}});
  REQUIRE(count() == 1);
  CHECK(facts_of(work).consultations.front().record != asked);
}

TEST_CASE("requests to correct, tables of the quarter, numbers that stand twice") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id asked = put(*work.store, "correction",
                       {{"member_id", member.text()},
                        {"occurred_on", day(*work.store, 9)},
                        {"due_on", day(*work.store, -6)},
                        {"state", "open"}});
  REQUIRE(facts_of(work).corrections.size() == 1);
  CHECK(facts_of(work).corrections.front().member == member);
  CHECK(facts_of(work).corrections.front().due_on == day(*work.store, -6));
  change(*work.store, "correction", asked, {{"state", "declined"}, {"decided_on", day(*work.store, 0)}});
  CHECK(facts_of(work).corrections.empty());

  REQUIRE(facts_of(work).tables.size() == 1);
  CHECK(facts_of(work).tables.front().unit == work.village);
  CHECK_FALSE(facts_of(work).tables.front().is_register);
  const Id table = put(*work.store, "village_table",
                       {{"village_id", work.village.text()}, {"quarter", "2026Q3"}, {"state", "filled"}});
  CHECK(facts_of(work).tables.front().confirmed.empty());
  change(*work.store, "village_table", table, {{"state", "village_confirmed"}});
  CHECK(facts_of(work).tables.front().confirmed == std::set<std::string>{"2026Q3"});
  CHECK(facts_of(work).twice.empty());
  const Id second = put(*work.store, "village_table",
                        {{"village_id", work.village.text()}, {"quarter", "2026Q3"}, {"state", "filled"}});
  REQUIRE(facts_of(work).twice.size() == 1);
  // Made in one millisecond, either may be the later one.
  const Id told = facts_of(work).twice.front().record;
  CHECK((told == table || told == second));
  CHECK(facts_of(work).twice.front().text == "2026Q3");
  REQUIRE(work.store->records().void_record(told, "重复").ok());
  CHECK(facts_of(work).twice.empty());
}

TEST_CASE("two open outflows, files and certificates of one member are counted") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  for (int twice = 0; twice < 2; ++twice) {
    put(*work.store, "mobility_episode", {{"member_id", member.text()}, {"direction", "out"}});
    put(*work.store, "certificate", {{"member_id", member.text()}, {"state", "valid"}});
  }
  put(*work.store, "certificate", {{"member_id", member.text()}, {"state", "lost"}});
  put(*work.store, "mobility_episode",
      {{"member_id", member.text()}, {"direction", "out"}, {"state", "ended"}});
  const auto facts = facts_of(work);
  CHECK(facts.members.front().outflows == 2);
  CHECK(facts.members.front().certificates == 2);
  CHECK(facts.members.front().hardship_files == 0);
}

TEST_CASE("a visit agreed for a day stands until somebody was met") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const auto visit = [&](int ago, const char* outcome, const std::string& next) {
    put(*work.store, "visit",
        {{"members+", member.text()},
         {"mode", "door"},
         {"occurred_on", day(*work.store, ago)},
         {"outcome", outcome},
         {"next_on", next}});
    return facts_of(work).members.front().contact.next_visit_on;
  };
  CHECK(visit(20, "met", day(*work.store, 5)) == day(*work.store, 5));
  CHECK(visit(6, "nobody", "") == day(*work.store, 5));
  CHECK(visit(4, "nobody", day(*work.store, 1)) == day(*work.store, 1));
  CHECK(visit(30, "met", day(*work.store, 3)) == day(*work.store, 1));  // entered late
  CHECK(visit(0, "met_family", "") == "");
}

TEST_CASE("a parcel that two entered waits for what neither says") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const auto parcel = [&](int before) {
    return put(
        *work.store, "delivery",
        {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, before)}});
  };
  const Id first = put(*work.store, "delivery", {{"member_id", member.text()}});
  const Id second = parcel(20);
  auto& records = work.store->records();
  REQUIRE(records.say_twins(first, second, cs::TwinWord::kSame)->ok);
  REQUIRE(facts_of(work).parcels.size() == 1);
  CHECK(facts_of(work).parcels[0].record == std::min(first, second));
  CHECK(facts_of(work).parcels[0].dispatched_on == day(*work.store, 20));
  const Id back =
      put(*work.store, "delivery_event",
          {{"delivery_id", second.text()}, {"kind", "returned"}, {"occurred_on", day(*work.store, 3)}});
  CHECK(facts_of(work).parcels.empty());
  REQUIRE(records.void_record(back, "登记有误").ok());
  CHECK(facts_of(work).parcels.size() == 1);
  change(*work.store, "delivery", second, {{"received_on", day(*work.store, 2)}});
  CHECK(facts_of(work).parcels.empty());
}

}  // namespace lianxin::test
