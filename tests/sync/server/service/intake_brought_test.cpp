// What comes early or by another's hand is kept by id, applied like any other, and compared when its author
// comes (sync.md 4.1, 4.2).
#include <doctest/doctest.h>

#include "sync/server/service/carrying.hpp"
#include "sync/wire/leaving.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

server::Pushed bring(Office& office, const FakeLaptop& author, const wire::ExchangeRequest& request,
                     server::Way way) {
  auto pushed = office.exchange().take({server::Verified{author.device, request, way}});
  office.clock.advance(1000);
  return must(std::move(pushed.front()));
}

std::uint64_t watermark(Office& office, ReplicaId replica) {
  const auto reader = must(office.store().read());
  const auto row = must(reader->replica(replica));
  return row ? row->counter : 0;
}

std::size_t changes_of(Office& office, ReplicaId replica) {
  return must(must(office.store().read())->changes_of(replica, 1, 1000)).size();
}

/// The part of a request with counters from `first` on.
wire::ExchangeRequest tail_of(const wire::ExchangeRequest& whole, std::uint64_t first) {
  wire::ExchangeRequest tail = whole;
  change::ChainEnd end{whole.replica, whole.first - 1, whole.previous};
  while (end.counter + 1 < first) {
    const auto& packed = whole.changes[static_cast<std::size_t>(end.counter + 1 - whole.first)];
    REQUIRE(change::follow(end, packed.body, packed.values).ok());
  }
  tail.changes.erase(tail.changes.begin(), tail.changes.begin() + static_cast<long>(first - whole.first));
  tail.first = first;
  tail.previous = end.hash;
  return tail;
}

}  // namespace

TEST_CASE("work brought by another's hand is kept and applied, and the author's watermark stays") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  FakeLaptop b(office, office.worker("乙", "worker", kSanhe));
  const Id member = a.member("赵志远", kSanhe);
  const auto request = a.request();
  const auto pushed = bring(office, a, request, server::Way::kCarried);
  CHECK(pushed.early == request.changes.size());
  CHECK(watermark(office, a.end.replica) == 0);
  b.sync();
  CHECK(b.shown(member, "name") == "赵志远");
  office.prove();

  CHECK(bring(office, a, request, server::Way::kCarried).early == 0);  // again: harmless
  a.sync();
  CHECK(watermark(office, a.end.replica) == request.changes.size());
  b.sync();
  office.prove();
}

TEST_CASE("a bundle that comes before an earlier one is kept early, and the earlier one closes the gap") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  a.member("第一个", kSanhe);
  const std::uint64_t gap = a.request().changes.size();
  a.member("第二个", kSanhe);
  const auto whole = a.request();
  REQUIRE(whole.changes.size() > gap);
  const auto late = tail_of(whole, gap + 1);
  const auto pushed = bring(office, a, late, server::Way::kFile);
  CHECK(pushed.verdict == wire::ExchangeAnswer::Verdict::kTaken);
  CHECK(pushed.ack.counter == 0);
  CHECK(pushed.early == late.changes.size());
  office.prove();
  bring(office, a, whole, server::Way::kFile);
  CHECK(watermark(office, a.end.replica) == whole.changes.size());
  office.prove();
}

TEST_CASE(
    "the rest of a chain whose beginning neither the author nor the county has is kept and acknowledged") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  a.member("第一个", kSanhe);
  const std::uint64_t gap = a.request().changes.size();
  const Id member = a.member("第二个", kSanhe);
  const auto whole = a.request();
  auto rest = tail_of(whole, gap + 1);
  using Verdict = wire::ExchangeAnswer::Verdict;
  const auto asked = bring(office, a, rest, server::Way::kOnline);
  CHECK(asked.verdict == Verdict::kExpected);
  CHECK(asked.expected == 1);

  rest.parts.push_back({wire::kPartRest, codec::encode(wire::ChainRest{gap + 1})});
  for (const server::Way way : {server::Way::kOnline, server::Way::kFile, server::Way::kOnline}) {
    ++rest.number;
    const auto pushed = bring(office, a, rest, way);
    CHECK(pushed.verdict == Verdict::kTaken);
    CHECK(pushed.ack.replica == a.end.replica);
    CHECK(pushed.ack.counter == whole.changes.size());
    CHECK(pushed.ack.hash == a.end.hash);
    CHECK(watermark(office, a.end.replica) == 0);
    office.prove();
  }
  FakeLaptop b(office, office.worker("乙", "worker", kSanhe));
  b.sync();
  CHECK(b.shown(member, "name") == "第二个");
  // A copy that still has all of it is taken as ever.
  a.sync();
  CHECK(watermark(office, a.end.replica) == whole.changes.size());
  office.prove();
}

TEST_CASE("who says that a beginning is gone is believed only as far as the rest reaches") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  for (const char* name : {"第一个", "第二个", "第三个"})
    a.member(name, kSanhe);
  const auto whole = a.request();
  std::uint64_t number = whole.number;
  const auto rest_from = [&](std::uint64_t first, std::uint64_t said) {
    auto rest = tail_of(whole, first);
    rest.number = ++number;
    rest.parts.push_back({wire::kPartRest, codec::encode(wire::ChainRest{said})});
    return bring(office, a, rest, server::Way::kOnline);
  };
  const std::uint64_t last = whole.changes.size();
  REQUIRE(last > 2);
  using Verdict = wire::ExchangeAnswer::Verdict;
  CHECK(rest_from(last, last - 1).verdict == Verdict::kExpected);  // a hole in the rest itself
  CHECK(rest_from(last - 1, last).verdict == Verdict::kExpected);
  CHECK(rest_from(last, 0).verdict == Verdict::kExpected);
  CHECK(changes_of(office, a.end.replica) == 0);
  CHECK(rest_from(last, last).ack.counter == last);
  CHECK(rest_from(1, 1).ack.counter == last);
  office.prove();
}

TEST_CASE("two copies of a laptop that each come with a rest: the second is a branch, nothing is lost") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  a.member("同一个", kSanhe);
  const std::uint64_t gap = a.request().changes.size();
  FakeLaptop copy = a;
  a.member("原件写的", kSanhe);
  copy.member("副本写的", kSanhe);
  auto rest = tail_of(a.request(), gap + 1);
  rest.parts.push_back({wire::kPartRest, codec::encode(wire::ChainRest{gap + 1})});
  bring(office, a, rest, server::Way::kOnline);
  const auto whole = copy.request();  // the copy still has everything
  const auto pushed = bring(office, copy, whole, server::Way::kOnline);
  CHECK(pushed.verdict == wire::ExchangeAnswer::Verdict::kFork);
  CHECK(pushed.ack.replica != a.end.replica);
  CHECK(watermark(office, a.end.replica) == gap);
  office.prove();
}

TEST_CASE("an author who comes with other bytes than those brought early goes on under a branch's name") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  a.member("同一个", kSanhe);
  a.sync();
  FakeLaptop copy = a;
  a.member("原件写的", kSanhe);
  copy.member("副本写的", kSanhe);
  const auto brought = a.request();
  bring(office, a, brought, server::Way::kCarried);
  const auto own = copy.request();
  const auto pushed = bring(office, copy, own, server::Way::kFile);
  CHECK(pushed.verdict == wire::ExchangeAnswer::Verdict::kFork);
  CHECK(pushed.ack.replica != a.end.replica);
  office.prove();
  // Both bodies are kept, each under one name.
  const auto reader = must(office.store().read());
  CHECK(must(reader->change({pushed.ack.replica, own.first})).has_value());
  CHECK(must(reader->change({a.end.replica, brought.first})).has_value());
}

TEST_CASE("what others brought of a chain is returned to its author only where it goes on from his own end") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  a.member("都有的", kSanhe);
  a.sync();
  FakeLaptop put_back = a;
  FakeLaptop wrote_on = a;
  a.member("一", kSanhe);
  a.member("二", kSanhe);
  bring(office, a, a.request(), server::Way::kCarried);
  const auto returned = put_back.send(put_back.request());
  CHECK(returned.verdict == wire::ExchangeAnswer::Verdict::kBehind);
  CHECK(returned.returned.size() == 2);

  wrote_on.number = put_back.number;
  wrote_on.member("另一个", kSanhe);
  wrote_on.acknowledged = 0;
  wrote_on.batch = 1;  // what both have; what they do not have in common is not in it
  const auto answer = wrote_on.send(wrote_on.request());
  CHECK(answer.verdict == wire::ExchangeAnswer::Verdict::kBehind);
  CHECK(answer.returned.empty());
  office.prove();
}

TEST_CASE("who holds what a copy wrote is told that the county keeps it under a branch's name, to its last") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  FakeLaptop b(office, office.worker("乙", "worker", kSanhe));
  const Id member = a.member("同一个", kSanhe);
  a.sync();
  FakeLaptop copy = a;
  a.put("member", member, office.unit(kSanhe), {{"home_address", std::string("原件写的")}});
  for (const char* address : {"副本写的", "副本又写"})
    copy.put("member", member, office.unit(kSanhe), {{"home_address", std::string(address)}});
  a.sync();
  bring(office, copy, copy.request(), server::Way::kCarried);
  auto request = b.request();
  wire::PeerAsk ask;
  for (std::size_t at = a.log.size() - 1; at < copy.log.size(); ++at)
    ask.heads.push_back({copy.log[at].body.id, wire::hash8_of(copy.log[at].hash)});
  REQUIRE(ask.heads.size() == 2);
  ask.heads.push_back({{a.end.replica, copy.end.counter + 1}, {}});  // nobody has brought that one
  request.parts.push_back({wire::kPartPeers, wire::encode_carried(ask)});
  const wire::ExchangeAnswer answer = b.send(request);
  const Bytes* part = wire::find_part(answer.parts, wire::kPartPeers);
  REQUIRE(part != nullptr);
  const auto told = must(wire::decode_carried<wire::PeerTold>(*part));
  CHECK(told.kept.empty());
  REQUIRE(told.other.size() == 2);
  CHECK(told.other[0].id == ask.heads[0].id);
  CHECK(told.other[1].id == ask.heads[1].id);
}

TEST_CASE("a write over a peer's value whose hash is not the kept one waits for a person") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  FakeLaptop b(office, office.worker("乙", "worker", kSanhe));
  const Id member = a.member("赵志远", kSanhe);
  a.sync();
  b.sync();
  b.put("member", member, office.unit(kSanhe), {{"name", std::string("赵志达")}});
  auto request = b.request();
  REQUIRE(request.changes.size() == 1);
  change::ChangeBody body = *change::decode_body(request.changes[0].body);
  REQUIRE_FALSE(body.writes.at(0).seen.empty());
  body.writes[0].seen[0].hash8 = std::array<std::uint8_t, 8>{1, 2, 3, 4, 5, 6, 7, 8};
  request.changes[0].body = change::encode_body(body);
  const auto pushed = bring(office, b, request, server::Way::kFile);
  REQUIRE(pushed.ack.outcomes.size() == 1);
  CHECK(pushed.ack.outcomes[0].outcome == wire::Outcome::kQuarantined);
  CHECK(pushed.ack.outcomes[0].reason == "seen_other");
}

TEST_CASE(
    "a bundle about a record that has moved away, or from a village given up, is judged like an exchange") {
  for (const server::Way way : {server::Way::kFile, server::Way::kCarried}) {
    Office office;
    FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
    FakeLaptop county(office, office.worker("县", "county_officer", kCounty));
    const Id member = a.member("搬走的", kSanhe);
    (void)a.sync();
    (void)county.sync();
    a.put("member", member, office.unit(kSanhe), {{"home_address", "搬走前记的"}});
    county.put("member", member, office.unit(kSanhe), {{"home_village_id", office.unit(kLongquan).text()}});
    (void)county.sync();
    REQUIRE(must(office.admin().end_grant(a.worker)) > 0);
    (void)must(office.admin().grant(a.worker, "worker", kDajing));
    (void)bring(office, a, a.request(), way);
    CHECK(must(office.admin().quarantine()).empty());  // in good faith (4.3)
    (void)county.sync();
    CHECK(county.shown(member, "home_address") == "搬走前记的");
    office.prove();
  }
}

TEST_CASE("a late bundle changes neither what the office knows of the laptop's clock nor of its reading") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  a.member("赵志远", kSanhe);
  const auto old = a.request();
  a.sync();
  const auto before = must(must(office.store().read())->device(a.device));
  bring(office, a, old, server::Way::kFile);
  const auto after = must(must(office.store().read())->device(a.device));
  CHECK(after->last_number == before->last_number);
  CHECK(after->clock_offset_ms == before->clock_offset_ms);
}
