// Nothing goes to who has died, and what went before it was known is to be fetched back.
#include "client/store/gone_members.hpp"

#include <doctest/doctest.h>
#include <set>

#include "client/store/duty_queries.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cs = client::store;

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The code of the problem a delivery is refused for; "" = saved.
std::string refusal(cs::LaptopStore& store, const Id& record, const Fields& fields) {
  cs::Edit edit;
  edit.kind = "delivery";
  edit.record = record;
  for (const auto& [name, value] : fields)
    edit.fields.push_back({name, cs::FieldEdit::Op::kSet, value});
  const auto saved = store.records().save({edit});
  REQUIRE(saved.ok());
  return saved->ok ? "" : saved->problems.front().code;
}

/// Out since two years, and died there.
void die(WorkStore& work, const Id& member, int days_ago) {
  put(*work.store, "mobility_episode",
      {{"member_id", member.text()},
       {"direction", "out"},
       {"left_on", day(*work.store, 700)},
       {"returned_on", day(*work.store, days_ago)},
       {"end_kind", "died"},
       {"state", "ended"}});
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"standing", cs::FieldEdit::Op::kSet, "deceased"}};
  const auto saved = work.store->records().save({edit});
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
}

cs::DutyFacts all_facts(WorkStore& work) {
  auto facts = cs::duty_facts(work.store->database(), {Id(), *Date::parse(day(*work.store, 0))});
  REQUIRE(facts.ok());
  return std::move(*facts);
}

std::vector<cs::DutyParcel> parcels(WorkStore& work) { return all_facts(work).parcels; }

}  // namespace

TEST_CASE("a parcel of a day after the death is refused, one of an earlier day is not") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Fields packed = {{"member_id", member.text()}, {"mode", "courier"}};
  const auto sent = [&](int days_ago) {
    Fields fields = packed;
    fields.emplace_back("dispatched_on", day(*work.store, days_ago));
    return fields;
  };
  CHECK(refusal(*work.store, Id{}, sent(1)) == "");
  die(work, member, 30);
  CHECK(refusal(*work.store, Id{}, sent(29)) == "recipient_deceased");
  CHECK(refusal(*work.store, Id{}, packed) == "recipient_deceased");  // today, where no day is said
  CHECK(refusal(*work.store, Id{}, sent(30)) == "");
  CHECK(refusal(*work.store, Id{}, sent(31)) == "");
  // Handed over, without having been sent.
  CHECK(refusal(*work.store, Id{},
                {{"member_id", member.text()}, {"mode", "by_hand"}, {"received_on", day(*work.store, 2)}}) ==
        "recipient_deceased");
}

TEST_CASE("an earlier parcel may be amended, but neither go later nor to the dead") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id other = put_member(*work.store, "钱志远");
  const Id parcel =
      put(*work.store, "delivery",
          {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, 40)}});
  const Id others =
      put(*work.store, "delivery",
          {{"member_id", other.text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, 3)}});
  die(work, member, 30);
  CHECK(refusal(*work.store, parcel, {{"carrier", "邮政"}}) == "");
  CHECK(refusal(*work.store, parcel, {{"received_on", day(*work.store, 38)}}) == "");
  CHECK(refusal(*work.store, parcel, {{"dispatched_on", day(*work.store, 5)}}) == "recipient_deceased");
  CHECK(refusal(*work.store, others, {{"member_id", member.text()}}) == "recipient_deceased");
}

TEST_CASE("who has left the register is sent nothing from that day on") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.as_of = Date::parse(day(*work.store, 10)).value();
  edit.fields = {{"standing", cs::FieldEdit::Op::kSet, "expelled"}};
  REQUIRE(work.store->records().save({edit})->ok);
  const auto sent = [&](int days_ago) {
    return Fields{{"member_id", member.text()}, {"dispatched_on", day(*work.store, days_ago)}};
  };
  CHECK(refusal(*work.store, Id{}, sent(9)) == "recipient_left");
  CHECK(refusal(*work.store, Id{}, sent(10)) == "");
}

TEST_CASE("the day of a clock alone refuses nothing: it warns") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"standing", cs::FieldEdit::Op::kSet, "deceased"}};
  REQUIRE(work.store->records().save({edit})->ok);
  work.county.clock.advance(5 * 86'400'000);
  cs::Edit delivery;
  delivery.kind = "delivery";
  delivery.fields = {{"member_id", cs::FieldEdit::Op::kSet, member.text()},
                     {"mode", cs::FieldEdit::Op::kSet, "courier"},
                     {"dispatched_on", cs::FieldEdit::Op::kSet, day(*work.store, 1)}};
  const auto saved = work.store->records().save({delivery});
  REQUIRE(saved.ok());
  CHECK(saved->ok);
  REQUIRE_FALSE(saved->problems.empty());
  CHECK(saved->problems.front().code == "recipient_deceased");
  CHECK_FALSE(saved->problems.front().blocks);
}

TEST_CASE("what was sent before the death was known is settled as it was, and only then ends as a duty") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id other = put_member(*work.store, "钱志远");
  const auto parcel = [&](const Id& to, const char* mode, int days_ago) {
    const Id id = put(*work.store, "delivery", {{"member_id", to.text()}, {"mode", mode}});
    if (days_ago > 0) change(*work.store, "delivery", id, {{"dispatched_on", day(*work.store, days_ago)}});
    return id;
  };
  const Id after = parcel(member, "courier", 20);
  const Id before = parcel(member, "via_family", 40);
  const Id packed = parcel(member, "courier", 0);
  parcel(other, "courier", 0);
  const Id on_its_way = parcel(other, "courier", 20);
  put(*work.store, "delivery",
      {{"member_id", member.text()}, {"mode", "by_hand"}, {"received_on", day(*work.store, 50)}});
  const auto to_gone = [&] {
    std::set<Id> out;
    for (const cs::DutyParcel& one : parcels(work)) {
      if (one.is_to_gone) out.insert(one.record);
      if (one.is_to_gone) CHECK(one.name == "赵志远");
      if (one.is_to_gone) CHECK(one.has_died);
    }
    return out;
  };
  REQUIRE(parcels(work).size() == 2);  // the couriers'
  CHECK(to_gone().empty());
  die(work, member, 30);
  CHECK(to_gone() == std::set<Id>{after, before, packed});
  CHECK(parcels(work).size() == 4);  // the other's courier as ever
  // It came back, was called off, the family signed.
  put(*work.store, "delivery_event",
      {{"delivery_id", after.text()}, {"kind", "returned"}, {"occurred_on", day(*work.store, 1)}});
  CHECK(to_gone() == std::set<Id>{before, packed});
  put(*work.store, "delivery_event",
      {{"delivery_id", packed.text()}, {"kind", "cancelled"}, {"occurred_on", day(*work.store, 1)}});
  CHECK(refusal(*work.store, before, {{"received_on", day(*work.store, 2)}, {"relation", "family"}}) == "");
  CHECK(to_gone().empty());
  CHECK(parcels(work).size() == 1);
  CHECK(parcels(work)[0].record == on_its_way);
}

TEST_CASE("of a parcel that went out after the death nobody knew of, it can be said who signed") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id parcel =
      put(*work.store, "delivery",
          {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, 20)}});
  die(work, member, 30);
  CHECK(refusal(*work.store, parcel, {{"dispatched_on", day(*work.store, 19)}}) == "recipient_deceased");
  CHECK(refusal(*work.store, parcel, {{"received_on", day(*work.store, 15)}, {"relation", "family"}}) == "");
  CHECK(parcels(work).empty());
}

TEST_CASE("a worker's word that he died out there is enough: no duty but the parcel, and nothing is sent") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id parcel =
      put(*work.store, "delivery",
          {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, 20)}});
  const Id outflow =
      put(*work.store, "mobility_episode",
          {{"member_id", member.text()}, {"direction", "out"}, {"left_on", day(*work.store, 700)}});
  CHECK(all_facts(work).members.size() == 1);
  change(*work.store, "mobility_episode", outflow,
         {{"returned_on", day(*work.store, 30)}, {"end_kind", "died"}, {"state", "ended"}});
  CHECK(all_facts(work).members.empty());
  REQUIRE(parcels(work).size() == 1);
  CHECK(parcels(work)[0].record == parcel);
  CHECK(parcels(work)[0].has_died);
  CHECK(
      refusal(*work.store, Id{},
              {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, 1)}}) ==
      "recipient_deceased");
  // It was a mistake: all is as before.
  change(*work.store, "mobility_episode", outflow, {{"returned_on", ""}, {"end_kind", ""}, {"state", "out"}});
  CHECK(all_facts(work).members.size() == 1);
  CHECK_FALSE(parcels(work)[0].is_to_gone);
}

}  // namespace lianxin::test
