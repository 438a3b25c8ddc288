#include <doctest/doctest.h>
#include <set>

#include "client/store/work_queries.hpp"
#include "shared/base/text.hpp"
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

TEST_CASE("a parcel that was entered twice says what either of its records says, what both list once") {
  WorkStore work;
  cs::Records& records = work.store->records();
  const Id member = put_member(*work.store, "赵志远");
  const auto material = [&](const char* name) {
    return put(*work.store, "material", {{"code", name}, {"name", name}, {"kind", "book"}, {"unit", "copy"}});
  };
  const Id book = material("党章");
  const Id pack = material("学习资料包");
  const auto line = [&](const Id& delivery, const Id& what, const char* quantity) {
    put(*work.store, "delivery_line",
        {{"delivery_id", delivery.text()}, {"material_id", what.text()}, {"qty", quantity}});
  };
  // The smaller id stands.
  const Id one = *Id::parse("0199cccc-0000-7000-8000-000000000001");
  const Id other = *Id::parse("0199cccc-0000-7000-8000-000000000002");
  const auto sent = [&](const Id& id, const std::vector<cs::FieldEdit>& fields) {
    cs::Edit edit;
    edit.kind = "delivery";
    edit.record = id;
    edit.create = true;
    edit.fields = fields;
    edit.fields.push_back({"member_id", cs::FieldEdit::Op::kSet, member.text()});
    REQUIRE(records.save({edit})->ok);
  };
  constexpr auto kSet = cs::FieldEdit::Op::kSet;
  sent(one, {{"dispatched_on", kSet, day(*work.store, 9)}});
  sent(other, {{"mode", kSet, "courier"},
               {"received_on", kSet, day(*work.store, 3)},
               {"receipt_kind", kSet, "phone_confirmed"}});
  line(one, book, "3");
  line(other, book, "2");
  line(other, pack, "1");
  put(*work.store, "delivery_event",
      {{"delivery_id", other.text()}, {"kind", "signed_self"}, {"occurred_on", day(*work.store, 3)}});
  const auto shown = [&](const Id& of) { return *cs::delivery_lines(work.store->database(), of, 10); };
  REQUIRE(shown(Id()).size() == 2);

  REQUIRE(records.say_twins(one, other, cs::TwinWord::kSame).ok());
  for (const Id& of : {Id(), member}) {
    const auto lines = shown(of);
    REQUIRE(lines.size() == 1);
    const cs::DeliveryLine& parcel = lines.front();
    CHECK(parcel.delivery == one);
    CHECK(std::set<std::string>(parcel.lines.begin(), parcel.lines.end()) ==
          std::set<std::string>{"党章 ×3", "学习资料包 ×1"});
    CHECK(parcel.lines.size() == 2);
    CHECK(parcel.last_event == "signed_self");
    CHECK(parcel.mode == "courier");
    CHECK(parcel.received_on == day(*work.store, 3));
    CHECK(parcel.receipt_kind == "phone_confirmed");
  }
  // What was voided says nothing for the other.
  REQUIRE(records.void_record(other, "登记错误").ok());
  REQUIRE(shown(Id()).size() == 1);
  CHECK(join(shown(Id()).front().lines, "|") == "党章 ×3");
  CHECK(shown(Id()).front().last_event.empty());
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

namespace {

/// What a list says of each line, in its order.
std::vector<std::string> words(const std::vector<cs::ContactLine>& lines) {
  std::vector<std::string> out;
  for (const cs::ContactLine& one : lines)
    out.push_back(one.record.text() + one.occurred_on + one.mode + one.outcome + one.purposes +
                  one.member.text() + one.worker.text() + (one.is_visit ? "v" : "c"));
  return out;
}
std::vector<std::string> words(const std::vector<cs::DeliveryLine>& lines) {
  std::vector<std::string> out;
  for (const cs::DeliveryLine& one : lines)
    out.push_back(one.delivery.text() + one.on + one.to + one.mode);
  return out;
}
std::vector<std::string> words(const std::vector<cs::CaseLine>& lines) {
  std::vector<std::string> out;
  for (const cs::CaseLine& one : lines)
    out.push_back(one.record.text() + one.on + one.topics + one.level + one.due_on + one.state + one.name +
                  (one.is_case ? "q" : "c"));
  return out;
}

/// A list read in one go and in pieces of three.
template <class Read>
void check_pieces(std::size_t all, Read read) {
  const auto whole = words(*read(100, 0));
  CHECK(whole.size() == all);
  std::vector<std::string> pieces;
  for (std::size_t first = 0; first < all + 3; first += 3) {
    for (std::string& one : words(*read(3, first)))
      pieces.push_back(std::move(one));
  }
  CHECK(pieces == whole);
}

}  // namespace

TEST_CASE("a list that is read in pieces is the list; what a line says is its own kind's") {
  WorkStore work;
  auto& database = work.store->database();
  const Id member = put_member(*work.store, "赵志远");
  const std::string whom = member.text();
  for (int i = 0; i < 7; ++i) {
    const std::string on = day(*work.store, i % 3);
    put(*work.store, "visit",
        {{"members+", whom},
         {"occurred_on", on},
         {"mode", "door"},
         {"outcome", i % 2 == 0 ? "met" : "nobody"}});
    put(*work.store, "contact_attempt",
        {{"member_id", whom}, {"occurred_on", on}, {"channel", "wechat"}, {"outcome", "no_answer"}});
    put(*work.store, "delivery", {{"member_id", whom}, {"mode", "courier"}, {"dispatched_on", on}});
    put(*work.store, "consultation", {{"member_id", whom}, {"occurred_on", on}, {"topics+", "dues"}});
    const Id question = put(*work.store, "case_item",
                            {{"member_id", whom}, {"opened_on", on}, {"topic", "job"}, {"level", "village"}});
    if (i % 2 == 0) change(*work.store, "case_item", question, {{"closed_on", day(*work.store, 0)}});
  }
  for (const Id& of : {Id(), member}) {
    check_pieces(14, [&](std::size_t limit, std::size_t first) {
      return cs::contact_lines(database, of, limit, {}, first);
    });
    check_pieces(7, [&](std::size_t limit, std::size_t first) {
      return cs::delivery_lines(database, of, limit, {}, first);
    });
    check_pieces(14, [&](std::size_t limit, std::size_t first) {
      return cs::case_lines(database, of, limit, {}, first);
    });
    CHECK(words(*cs::contact_lines(database, of, 100)) == words(*cs::contact_lines(database, member, 100)));
    CHECK(words(*cs::case_lines(database, of, 100)) == words(*cs::case_lines(database, member, 100)));
  }
}

}  // namespace lianxin::test
