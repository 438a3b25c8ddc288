// What one laptop may ask or send stops nobody else: every answer stays within a message (exchange.hpp,
// feed_pages.cpp, parts.cpp, healing.cpp).
#include "sync/merge/merge.hpp"
#include "sync/wire/parts.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr std::size_t kLarge = 60'000;  // octets of one value, near the limit of a change

struct Two {
  Office office;
  FakeLaptop a{office, office.worker("甲", "worker", kSanhe)};
  FakeLaptop b{office, office.worker("乙", "worker", kSanhe)};
  Id scope = office.unit(kSanhe);

  /// Large changes; of one action, or each of its own.
  void write(std::size_t count, bool one_action) {
    const domain::Field* field = office.catalogue().kind("member")->field("home_address");
    const std::uint64_t action = a.end.counter + 1;
    for (std::size_t i = 0; i < count; ++i) {
      office.clock.advance(1);
      append(Id::make(office.clock.now_ms()), *field, one_action ? action : a.end.counter + 1,
             std::to_string(i) + std::string(kLarge, 'x'));
    }
    a.batch = 60;
  }
  void append(const Id& record, const domain::Field& field, std::uint64_t action, const std::string& value) {
    change::ChangeBody body;
    body.action = action;
    body.wall_ms = office.clock.now_ms();
    body.hlc = static_cast<std::uint64_t>(body.wall_ms) << 16;
    body.author = a.worker;
    body.record = record;
    body.kind = office.catalogue().kind("member")->wire;
    body.scope = scope;
    body.writes = {{field.wire, "", static_cast<std::uint8_t>(field.privacy), {}, {}}};
    a.log.push_back(change::link(a.end, body, {change::WriteValue::of(value)}));
  }
};

TEST_CASE("an action larger than a message is told in pieces; a smaller one stays whole") {
  Two two;
  two.write(300, true);  // 18 MB
  (void)two.a.sync();
  const auto first = two.b.exchange();
  CHECK(first.more);
  CHECK(two.b.bases[{two.scope, 1}].records.size() < 300);
  (void)two.b.sync();
  CHECK(two.b.bases[{two.scope, 1}].records.size() == 300);
  two.office.prove();

  Two small;
  small.write(100, true);  // 6 MB, three times what the laptop wants at once
  (void)small.a.sync();
  CHECK_FALSE(small.b.exchange().more);
  CHECK(small.b.bases[{small.scope, 1}].records.size() == 100);
}

TEST_CASE("what would make a record larger than any message is kept aside, and everybody ends equal") {
  Two two;
  const Id record = Id::make(two.office.clock.now_ms());
  const domain::Field* field = two.office.catalogue().kind("member")->field("home_address");
  for (std::size_t i = 0; i < 90; ++i)  // nobody was shown what the others wrote
    two.append(record, *field, two.a.end.counter + 1, std::to_string(i) + std::string(kLarge, 'x'));
  two.a.batch = 30;
  (void)two.a.sync();
  const auto aside = must(two.office.admin().quarantine());
  REQUIRE(aside.size() == 21);  // 69 of them are 4 MB
  CHECK(aside.front().reason == "too_large");
  CHECK(two.a.outcomes.back().reason == "too_large");
  CHECK(two.office.admin().accept(aside.front().change).error().code == "quarantine.too_large");
  CHECK(must(two.office.admin().quarantine()).size() == 21);
  // A person who looks at them leaves one, and there is room again.
  two.a.put("member", record, two.scope, {{"home_address", "一处"}});
  (void)two.a.sync();
  CHECK(must(two.office.admin().accept(aside.front().change)) == 1);
  (void)two.b.sync();
  FakeLaptop county(two.office, two.office.worker("县", "county_officer", kCounty));
  (void)county.sync();
  // It moves: from now on it is told as a state.
  county.put("member", record, two.scope, {{"home_village_id", two.office.unit(kDajing).text()}});
  (void)county.sync();
  FakeLaptop d(two.office, two.office.worker("丁", "worker", kDajing));
  (void)d.sync();
  CHECK(d.has(record));
  two.office.prove();
}

TEST_CASE("a range that is more than an answer is refused, not told; a smaller one is") {
  Two two;
  two.write(150, false);  // 9 MB
  (void)two.a.sync();
  (void)two.b.sync();
  const auto fetch = [&](const wire::IdRange& range, std::size_t asks) {
    wire::HealRequest heal;
    for (std::size_t i = 0; i < asks; ++i)
      heal.asks.push_back({two.scope, 1, {}, {range}});
    auto request = two.b.request();
    request.parts.push_back({wire::kPartHealing, wire::encode_part(heal)});
    const auto answer = two.b.send(request);
    const Bytes* part = wire::find_part(answer.parts, wire::kPartHealing);
    REQUIRE(part != nullptr);
    return must(wire::decode_part<wire::HealAnswer>(*part));
  };
  const auto whole = fetch(wire::whole_range(), 1);
  REQUIRE(whole.told.size() == 1);
  CHECK(whole.told[0].whole.empty());
  CHECK(whole.told[0].rows.empty());
  auto half = wire::whole_range();
  half.upto = std::next(two.b.bases[{two.scope, 1}].records.begin(), 74)->first;
  const auto told = fetch(half, 1000);  // asked a thousand times, told once
  REQUIRE(told.told.size() == 1);
  CHECK(told.told[0].whole.size() == 1);
  CHECK(told.told[0].rows.size() == 75);
}

TEST_CASE("a question is answered once, however often it is asked, and up to the limit") {
  Two two;
  for (int i = 0; i < 1005; ++i)
    two.a.put("material", Id::make(two.office.clock.now_ms() + i), Id{}, {{"name", "书"}});
  two.a.batch = 2000;
  (void)two.a.exchange();
  const auto decide = [&](const wire::DecisionRequest& waiting) {
    auto request = two.a.request();
    request.parts.push_back({wire::kPartDecisions, wire::encode_part(waiting)});
    const auto answer = two.a.send(request);
    return must(wire::decode_part<wire::DecisionAnswer>(*wire::find_part(answer.parts, wire::kPartDecisions)))
        .decisions.size();
  };
  wire::DecisionRequest same;
  same.waiting.assign(100'000, {two.a.log.front().body.id});
  CHECK(decide(same) == 1);
  wire::DecisionRequest many;
  for (const change::Change& own : two.a.log)
    many.waiting.push_back({own.body.id});
  CHECK(decide(many) == 1000);
}

TEST_CASE("who offers more ids than may be asked at once gets no answer to that, and the rest of it") {
  Two two;
  auto request = two.a.request();
  request.parts.push_back(
      {wire::kPartOffers, wire::encode_part(wire::OfferRequest{{{ReplicaId{7}, 1, 100'001}}, {}})});
  const auto answer = two.a.send(request);
  CHECK(answer.verdict == wire::ExchangeAnswer::Verdict::kTaken);
  CHECK(wire::find_part(answer.parts, wire::kPartOffers) == nullptr);
  request = two.a.request();
  request.parts.push_back(
      {wire::kPartOffers, wire::encode_part(wire::OfferRequest{{{ReplicaId{7}, 1, 100'000}}, {}})});
  CHECK(wire::find_part(two.a.send(request).parts, wire::kPartOffers) != nullptr);
}

TEST_CASE("a change above 4 MB is not well formed") {
  Two two;
  const domain::Kind* kind = two.office.catalogue().kind("member");
  change::ChangeBody body;
  body.action = 1;
  body.hlc = static_cast<std::uint64_t>(two.office.clock.now_ms()) << 16;
  body.author = two.a.worker;
  body.record = Id::make(1);
  body.kind = kind->wire;
  body.scope = two.scope;
  std::vector<change::WriteValue> values;
  for (std::uint16_t field = 1000; field < 1072; ++field) {
    body.writes.push_back({field, "", 1, {}, {}});
    values.push_back(change::WriteValue::of(std::string(kLarge, 'x')));
  }
  two.a.log.push_back(change::link(two.a.end, body, values));
  const Bytes answer = two.office.exchange().handle(two.a.packed(two.a.request()));
  CHECK(must(wire::unpack<wire::WireError>(answer)).code == "change.malformed");
  CHECK(must(two.office.reader()->changes_of(two.a.end.replica, 1, 10)).empty());
}

}  // namespace
