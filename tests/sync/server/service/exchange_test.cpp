#include "sync/server/service/exchange.hpp"

#include <algorithm>

#include "sync/wire/folding.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/parts.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using Verdict = wire::ExchangeAnswer::Verdict;

struct Two {
  Office office;
  FakeLaptop a{office, office.worker("甲", "worker", kSanhe)};
  FakeLaptop b{office, office.worker("乙", "worker", kSanhe)};
};

TEST_CASE("a day's work is one round trip, and reaches the other laptop of the village") {
  Two two;
  (void)two.a.sync();
  const Id id = two.a.member("赵连心", kSanhe);
  two.a.put("contact_point", Id::make(1), two.office.unit(kSanhe),
            {{"member_id", id.text()}, {"kind", "mobile"}}, id);
  CHECK(two.a.sync() == 1);
  CHECK(two.b.sync() == 1);
  CHECK(two.b.shown(id, "name") == "赵连心");
  CHECK(two.a.passed == 2);
  two.office.prove();
}

TEST_CASE("two who changed one field keep both values; a resolution ends it everywhere") {
  Two two;
  const Id id = two.a.member("赵连心", kSanhe);
  (void)two.a.sync();
  (void)two.b.sync();
  const Id scope = two.office.unit(kSanhe);
  two.a.put("member", id, scope, {{"home_address", "A 路 1 号"}});
  two.b.put("member", id, scope, {{"home_address", "B 路 2 号"}});
  (void)two.a.sync();
  (void)two.b.sync();
  (void)two.a.sync();
  for (const FakeLaptop* laptop : {&two.a, &two.b})
    CHECK(merge::conflicts(laptop->state(id), two.office.catalogue()).size() == 1);
  REQUIRE(two.b.outcomes.size() == 1);
  CHECK(two.b.outcomes[0].outcome == wire::Outcome::kConflict);
  two.b.put("member", id, scope, {{"home_address", "商定"}});
  (void)two.b.sync();
  (void)two.a.sync();
  CHECK(merge::conflicts(two.a.state(id), two.office.catalogue()).empty());
  CHECK(two.a.shown(id, "home_address") == "商定");
  two.office.prove();
}

TEST_CASE("an older laptop is answered in its own protocol") {
  Two two;
  wire::ExchangeRequest request = two.a.request();
  CHECK(two.a.send(request).protocol == wire::kProtocol);
  request = two.a.request();
  request.protocol = wire::kProtocolFirst;
  CHECK(two.a.send(request).protocol == wire::kProtocolFirst);
}

/// As the laptop's session packs a request in the newest protocol.
wire::ExchangeRequest folded(FakeLaptop& laptop, const std::vector<wire::HeldScope>& held, bool each_digest) {
  wire::ExchangeRequest request = laptop.request();
  wire::fold(request, held, each_digest);
  return request;
}

TEST_CASE("who folds is answered folded: pages from the cursors along the list, the digests by their sum") {
  Two two;
  (void)two.a.member("赵连心", kSanhe);
  (void)two.a.sync();
  (void)two.b.sync();
  const std::vector<wire::HeldScope> held = two.b.send(two.b.request()).scopes;
  const Id late = two.a.member("钱一", kSanhe);
  (void)two.a.sync();
  const wire::ExchangeAnswer rows = two.b.send(two.b.request());
  wire::ExchangeAnswer each = two.b.send(folded(two.b, held, true));
  wire::ExchangeAnswer by_sum = two.b.send(folded(two.b, held, false));
  for (wire::ExchangeAnswer* answer : {&each, &by_sum}) {
    CHECK(answer->scopes.empty());
    CHECK(answer->pages.empty());
    REQUIRE(wire::unfold(*answer, held).ok());
    CHECK_FALSE(answer->cursors_unread);
    CHECK(codec::encode(answer->scopes) == codec::encode(rows.scopes));
    CHECK(codec::encode(answer->pages) == codec::encode(rows.pages));
  }
  CHECK(codec::encode(each.digests) == codec::encode(rows.digests));
  CHECK_FALSE(each.digest_sum);
  CHECK(by_sum.digests.empty());
  CHECK(by_sum.digest_sum == wire::sum_of_ends(held, rows.digests));
  two.b.take(each);
  CHECK(two.b.has(late));
}

TEST_CASE(
    "cursors along a list that is not the server's are not read: the work is kept, the list comes, no page") {
  Two two;
  (void)two.a.member("赵连心", kSanhe);
  (void)two.a.sync();
  const std::vector<wire::HeldScope> held = two.a.send(two.a.request()).scopes;
  std::vector<wire::HeldScope> other = held;
  other.back().code += '1';
  const auto read_before = must(two.office.reader()->device_cursors(two.a.device));
  (void)two.a.member("钱一", kSanhe);
  wire::ExchangeAnswer answer = two.a.send(folded(two.a, other, false));
  CHECK(answer.ack.counter == two.a.end.counter);
  CHECK(answer.verdict == Verdict::kTaken);
  CHECK(answer.more);
  REQUIRE(wire::unfold(answer, other).ok());
  CHECK(answer.cursors_unread);
  CHECK(answer.pages.empty());
  CHECK_FALSE(answer.digest_sum);
  CHECK(codec::encode(answer.scopes) == codec::encode(held));
  CHECK(must(two.office.reader()->device_cursors(two.a.device)).size() == read_before.size());
  CHECK(two.a.sync() == 1);
  two.office.prove();
}

TEST_CASE("a backup reaches only so far into what came early as all of it was there") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  for (int i = 0; i < 4; ++i)
    (void)a.member("人" + std::to_string(i), kSanhe);
  wire::ExchangeRequest late = a.request();
  REQUIRE(late.changes.size() == 4);
  late.changes.erase(late.changes.begin(), late.changes.begin() + 2);
  late.first = 3;
  late.previous = a.log[1].hash;
  REQUIRE(office.exchange().take({{a.device, late, server::Way::kFile}}).front().ok());
  const auto early = must(office.reader()->change({a.end.replica, 4}));
  {
    const auto writer = must(office.store().write());
    must(writer->put_meta(server::kMetaBackupSequence, std::to_string(early->sequence)));
    must(writer->commit());
  }
  (void)a.sync();
  const auto reach = [&](std::uint64_t first, std::uint64_t last) {
    auto request = a.request();
    request.parts.push_back({wire::kPartErased, codec::encode(wire::ErasedValues{{{first, last}}})});
    const auto answer = a.send(request);
    const Bytes* part = wire::find_part(answer.parts, wire::kPartBackup);
    REQUIRE(part != nullptr);
    return must(codec::decode<wire::BackupReach>(*part)).counter;
  };
  CHECK(reach(1, 4) == 0);  // the beginning came after the backup
  CHECK(reach(3, 4) == 4);
  CHECK(reach(4, 3) == 0);
}

TEST_CASE("a lost answer costs a resend, never a duplicate") {
  Two two;
  const Id id = two.a.member("钱一", kSanhe);
  for (int lost = 0; lost < 3; ++lost)
    (void)two.a.send(two.a.request());  // answered, and the answer thrown away
  (void)two.a.sync();
  CHECK(must(two.office.reader()->changes_of(two.a.end.replica, 1, 10)).size() == 1);
  (void)two.b.sync();
  CHECK(two.b.has(id));
  two.office.prove();
}

TEST_CASE("a batch that does not follow is answered with the expected counter, nothing dropped") {
  Two two;
  for (int i = 0; i < 5; ++i)
    (void)two.a.member("人" + std::to_string(i), kSanhe);
  wire::ExchangeRequest request = two.a.request();
  request.changes.erase(request.changes.begin(), request.changes.begin() + 2);
  request.first = 3;
  request.previous = two.a.log[1].hash;
  const wire::ExchangeAnswer answer = two.a.send(request);
  CHECK(answer.verdict == Verdict::kExpected);
  CHECK(answer.expected == 1);
  CHECK(answer.ack.counter == 0);
  CHECK(answer.more);
  (void)two.a.sync();
  CHECK(two.a.acknowledged == 5);
}

TEST_CASE(
    "work beyond one exchange goes on in both directions at once, and never splits an action in a scope") {
  Two two;
  const Id scope = two.office.unit(kSanhe);
  for (int i = 0; i < 40; ++i) {
    const Id id = two.a.member("人" + std::to_string(i), kSanhe);
    two.a.same_action();
    two.a.put("member", id, scope, {{"home_address", std::string(6000, 'x')}});
    two.a.same_action();
    two.a.put("member", id, scope, {{"remark", "备注"}});
  }
  two.a.batch = 30;
  (void)two.a.sync();
  for (int i = 0; i < 10; ++i)
    (void)two.b.member("乙的人" + std::to_string(i), kSanhe);
  two.b.answer_bytes = 1;
  two.b.batch = 2;
  int rounds = 0;
  for (bool more = true; more; ++rounds) {
    const wire::ExchangeAnswer answer = two.b.exchange();
    more = answer.more || two.b.acknowledged < two.b.end.counter;
    const auto general = two.b.bases[{scope, 0}].records;
    for (const auto& [id, record] : two.b.bases[{scope, 1}].records)
      CHECK(general.count(id) == 1);
    if (answer.more) CHECK(answer.digests.empty());
  }
  CHECK(rounds >= 4);
  CHECK(two.b.bases[{scope, 0}].records.size() == 50);
  CHECK(two.b.bases[{scope, 1}].records.size() == 40);
  (void)two.b.sync();
  two.office.prove();
}

TEST_CASE(
    "a signature of another key, a changed number or an unknown device is refused and changes nothing") {
  Two two;
  (void)two.a.member("孙", kSanhe);
  const auto refused = [&](const Bytes& message) {
    const Bytes answer = two.office.exchange().handle(message);
    REQUIRE(must(wire::kind_of(answer)) == wire::MessageKind::kError);
    return must(wire::unpack<wire::WireError>(answer)).code;
  };
  const wire::ExchangeRequest request = two.a.request();
  FakeLaptop forged = two.a;
  forged.keys = two.b.keys;
  CHECK(refused(forged.packed(request)) == "exchange.signature");
  auto message = must(wire::unpack<wire::SignedRequest>(two.a.packed(request)));
  ++message.number;
  CHECK(refused(wire::pack(message)) == "exchange.signature");
  forged.device = Id::make(5);
  CHECK(refused(forged.packed(request)) == "exchange.device");
  CHECK(refused("no message") == "wire.malformed");
  CHECK(must(two.office.reader()->changes_of(two.a.end.replica, 1, 10)).empty());
  (void)two.a.sync();
}

TEST_CASE("an old recording sent again is refused") {
  Two two;
  (void)two.a.member("李", kSanhe);
  const Bytes recording = two.a.packed(two.a.request());
  (void)two.office.exchange().handle(recording);
  two.office.clock.advance(1000);
  (void)two.a.sync();
  const Bytes answer = two.office.exchange().handle(recording);
  CHECK(must(wire::unpack<wire::WireError>(answer)).code == "exchange.number");
}

TEST_CASE("in one transaction a push that fails takes nothing of its neighbours with it") {
  Two two;
  FakeLaptop c(two.office, two.office.worker("丙", "worker", kSanhe));
  (void)two.a.member("甲的人", kSanhe);
  (void)two.b.member("乙的人", kSanhe);
  (void)c.member("丙的人", kSanhe);
  wire::ExchangeRequest broken = two.b.request();
  broken.changes.push_back({"no change", ""});
  const auto results = two.office.exchange().take(
      {two.a.verified(two.a.request()), two.b.verified(broken), c.verified(c.request())});
  REQUIRE(results.size() == 3);
  CHECK(results[0].ok());
  REQUIRE(!results[1].ok());
  CHECK(results[1].error().code == "change.malformed");
  CHECK(results[2].ok());
  CHECK(must(two.office.reader()->changes_of(two.b.end.replica, 1, 9)).empty());
  CHECK(must(two.office.reader()->device(two.b.device))->last_number == 0);
  two.office.prove();
  for (FakeLaptop* laptop : {&two.a, &two.b, &c})
    (void)laptop->sync();
  CHECK(must(two.office.reader()->counts()).quarantined == 0);
  CHECK(two.b.bases[{two.office.unit(kSanhe), 0}].records.size() >= 2);
}

TEST_CASE("many pushes in one transaction give the same as one by one") {
  Office office;
  std::vector<FakeLaptop> laptops;
  for (int i = 0; i < 8; ++i)
    laptops.emplace_back(office, office.worker("人" + std::to_string(i), "worker", kSanhe));
  const Id id = laptops[0].member("共同的人", kSanhe);
  for (FakeLaptop& laptop : laptops)
    (void)laptop.sync();
  std::vector<server::Verified> group;
  for (std::size_t i = 0; i < laptops.size(); ++i) {
    laptops[i].put("member", id, office.unit(kSanhe), {{"home_address", "第" + std::to_string(i) + "处"}});
    group.push_back(laptops[i].verified(laptops[i].request()));
  }
  for (const auto& result : office.exchange().take(group))
    CHECK(result.ok());
  office.prove();
  for (FakeLaptop& laptop : laptops) {
    (void)laptop.sync();
    const auto conflicts = merge::conflicts(laptop.state(id), office.catalogue());
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts[0].heads.size() == 8);
  }
}

TEST_CASE("a clock far off is told and marked, and wins nothing") {
  Two two;
  const Id id = two.a.member("周", kSanhe);
  (void)two.a.sync();
  (void)two.b.sync();
  const Id scope = two.office.unit(kSanhe);
  two.a.clock_error = 10LL * 365 * 24 * 3600 * 1000;
  two.a.put("member", id, scope, {{"home_address", "快钟"}});
  two.b.put("member", id, scope, {{"home_address", "准钟"}});
  (void)two.a.sync();
  (void)two.b.sync();
  CHECK(two.b.shown(id, "home_address") == "准钟");
  CHECK(must(two.office.reader()->device(two.a.device))->clock_offset_ms > 0);
  (void)two.a.sync();
  CHECK(two.a.shown(id, "home_address") == "准钟");
}

TEST_CASE(
    "a request that was long on its way makes no right clock suspect, and a wrong one is found as ever") {
  constexpr WallMs kMinute = 60'000;
  for (const WallMs error : {WallMs{0}, -7 * kMinute, 7 * kMinute}) {
    CAPTURE(error);
    Two two;
    two.a.clock_error = error;
    (void)two.a.member("周", kSanhe);
    server::Verified verified = two.a.verified(two.a.request());
    two.office.clock.advance(10 * kMinute);
    verified.under_way_ms = 10 * kMinute;
    for (const auto& taken : two.office.exchange().take({verified}))
      REQUIRE(taken.ok());
    CHECK(must(two.office.reader()->device(two.a.device))->clock_offset_ms == error);
    const auto rows = must(two.office.reader()->changes_of(two.a.end.replica, 1, 10));
    REQUIRE_FALSE(rows.empty());
    for (const auto& row : rows)
      CHECK(row.suspect == (error != 0));
    // Sent again as it was recorded it is none of the laptop's.
    CHECK(two.office.exchange().take({verified}).front().error().code == "exchange.number");
  }
}

TEST_CASE("the server gives back what a laptop lost of its own chain, and asks for what it lost itself") {
  Two two;
  (void)two.a.member("一", kSanhe);
  const FakeLaptop earlier = two.a;
  (void)two.a.member("二", kSanhe);
  (void)two.a.sync();
  FakeLaptop restored = earlier;
  restored.number = 100;
  restored.acknowledged = 1;
  two.office.clock.advance(1000);
  const wire::ExchangeAnswer answer = restored.send(restored.request());
  CHECK(answer.verdict == Verdict::kBehind);
  REQUIRE(answer.returned.size() == 1);
  CHECK(answer.returned[0].body == two.a.log[1].body_bytes);
  CHECK(answer.pages.empty());
  FakeLaptop ahead = two.a;
  ahead.number = 200;
  (void)ahead.member("三", kSanhe);
  ahead.acknowledged = 3;
  two.office.clock.advance(1000);
  const wire::ExchangeAnswer asked = ahead.exchange();
  CHECK(asked.verdict == Verdict::kExpected);
  CHECK(asked.expected == 3);
  (void)ahead.sync();
  CHECK(ahead.acknowledged == 3);
}

TEST_CASE("a revoked laptop hands in its work to the quarantine and reads nothing") {
  Two two;
  (void)two.a.sync();
  must(two.office.admin().revoke_device(two.a.device));
  (void)two.a.member("未传", kSanhe);
  const wire::ExchangeAnswer answer = two.a.send(two.a.request());
  CHECK(answer.verdict == Verdict::kRevoked);
  CHECK(answer.pages.empty());
  CHECK(answer.digests.empty());
  CHECK(answer.scopes.empty());
  CHECK(answer.ack.counter == 1);
  REQUIRE(answer.ack.outcomes.size() == 1);
  CHECK(answer.ack.outcomes[0].reason == "device_revoked");
  CHECK(two.a.send(two.a.request()).verdict == Verdict::kRevoked);
  two.office.prove();
}

TEST_CASE("a laptop of an older epoch begins every feed anew and ends equal") {
  Two two;
  const Id id = two.a.member("吴", kSanhe);
  (void)two.a.sync();
  (void)two.b.sync();
  two.office.new_epoch();
  const std::uint64_t epoch = two.office.exchange().county().epoch;
  CHECK(epoch > 1);
  (void)two.b.sync();
  CHECK(two.b.dropped > 0);
  CHECK(two.b.epoch == epoch);
  CHECK(two.b.has(id));
  (void)two.a.sync();
  two.office.prove();
}

TEST_CASE("a feed that is empty in the server's new life is told as empty to who had read some of it") {
  Two two;
  (void)two.a.member("吴", kSanhe);
  (void)two.a.sync();
  constexpr std::uint8_t kNotes = 4;  // a worker in the field has a view of the own notes
  wire::ExchangeRequest request = two.a.request();
  request.epoch += 1;  // of another life
  const Id village = two.office.unit(kSanhe);
  request.cursors.push_back({village, kNotes, 7 | server::kOwnViewBit});
  const auto answer = two.a.send(request);
  const auto place = [&](const auto& one) { return one.scope == village && one.privacy == kNotes; };
  const auto page = std::find_if(answer.pages.begin(), answer.pages.end(), place);
  const auto digest = std::find_if(answer.digests.begin(), answer.digests.end(), place);
  REQUIRE(page != answer.pages.end());
  REQUIRE(digest != answer.digests.end());
  CHECK(digest->position == page->to);
}

TEST_CASE("the stored cursors and verdict are what the laptop said") {
  Two two;
  (void)two.a.member("郑", kSanhe);
  (void)two.a.sync();
  wire::ExchangeRequest request = two.a.request();
  request.verdict = wire::Verdict{1, true, true};
  two.a.take(two.a.send(request));
  const auto row = must(two.office.reader()->device(two.a.device));
  CHECK(row->verdict_number == 1);
  CHECK(row->verdict_equal);
  const auto cursors = must(two.office.reader()->device_cursors(two.a.device));
  CHECK(cursors.size() == request.cursors.size());
}

TEST_CASE("cursors of a request made ahead are read from, and not noted as kept") {
  Two two;
  (void)two.a.member("郑", kSanhe);
  (void)two.a.sync();
  two.a.take(two.a.send(two.a.request()));
  const auto kept = must(two.office.reader()->device_cursors(two.a.device));
  REQUIRE(!kept.empty());
  (void)two.b.member("冯", kSanhe);
  (void)two.b.sync();
  wire::ExchangeRequest request = two.a.request();
  REQUIRE(!request.cursors.empty());
  for (wire::Cursor& cursor : request.cursors)
    cursor.position = 0;
  request.parts.push_back({wire::kPartAhead, {}});
  const wire::ExchangeAnswer answer = two.a.send(request);
  CHECK(std::any_of(answer.pages.begin(), answer.pages.end(),
                    [](const wire::FeedPage& page) { return page.from == 0 && page.to > 1; }));
  const auto after = must(two.office.reader()->device_cursors(two.a.device));
  REQUIRE(after.size() == kept.size());
  for (std::size_t i = 0; i < kept.size(); ++i)
    CHECK(after[i].position == kept[i].position);
}

}  // namespace
