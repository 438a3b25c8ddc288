// What stays of own work when its record has left (sync.md 6.2, 6.3).
#include "client/store/erasure.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include "client/store/own_chains.hpp"
#include "client/store/records_impl.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr WallMs kDay = WallMs{24} * 3600 * 1000;

struct SealKeys {
  Bytes open = Bytes(crypto_box_PUBLICKEYBYTES, '\0');
  Bytes secret = Bytes(crypto_box_SECRETKEYBYTES, '\0');
  SealKeys() {
    REQUIRE(sodium_init() >= 0);
    crypto_box_keypair(reinterpret_cast<unsigned char*>(open.data()),
                       reinterpret_cast<unsigned char*>(secret.data()));
  }
  [[nodiscard]] Bytes opened(BytesView sealed) const {
    Bytes out(sealed.size() - crypto_box_SEALBYTES, '\0');
    REQUIRE(crypto_box_seal_open(reinterpret_cast<unsigned char*>(out.data()),
                                 reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(),
                                 reinterpret_cast<const unsigned char*>(open.data()),
                                 reinterpret_cast<const unsigned char*>(secret.data())) == 0);
    return out;
  }
};

TEST_CASE(
    "values of what left lie sealed to the county, the chain still proves itself, nothing else remains") {
  const SealKeys keys;
  Desk desk;
  desk.impl->set_seal_key(keys.open);
  const Id id = desk.member("走了的人");
  desk.put("member", id, {{"home_address", "旧址"}});
  const Bytes values = desk.tail.entries.back().values;
  REQUIRE(desk.impl->set_held({{Id{}, "", "", {0}}}).ok());
  const std::uint64_t last = desk.impl->own()->end.counter;
  REQUIRE(desk.impl->acknowledge(last).ok());
  CHECK(*desk.impl->erase_leaving() == 1);
  CHECK(!desk.records.get(id)->has_value());
  CHECK(desk.problems().empty());
  while (*desk.records.read_texts(10)) {  // the list of texts to make may name it until then
  }
  for (const char* sql : {"SELECT 1 FROM before", "SELECT 1 FROM state", "SELECT 1 FROM search",
                          "SELECT 1 FROM search_todo WHERE record != x'00'",
                          "SELECT 1 FROM change WHERE instr(vals, CAST('旧址' AS BLOB)) > 0"}) {
    CAPTURE(sql);
    auto select = desk.database->prepare(sql);
    CHECK(!*select.step());
  }
  cs::Erasure erasure(*desk.database);
  const ReplicaId own = desk.impl->own()->end.replica;
  CHECK(erasure.erased(own)->has(last));
  CHECK(!erasure.erased(own)->has(last + 1));
  const auto sealed = erasure.sealed(own, last, last);
  REQUIRE(sealed->values.size() == 1);
  CHECK(keys.opened(sealed->values.front().values) == values);

  REQUIRE(erasure.backed_up(own, last - 1, kStart + 100 * kDay).ok());
  CHECK(*erasure.kept() == 1);
  REQUIRE(erasure.backed_up(own, last, kStart + 80 * kDay).ok());
  CHECK(*erasure.kept() == 1);
  REQUIRE(erasure.backed_up(own, last, kStart + 100 * kDay).ok());
  CHECK(*erasure.kept() == 0);
  CHECK(erasure.erased(own)->has(last));  // the county is still asked to tell it whole, should it come back
  REQUIRE(erasure.came_back({own, last}).ok());
  CHECK(!erasure.erased(own)->has(last));
}

TEST_CASE("what lies sealed is kept for ninety days of the county, whatever year the laptop's clock says") {
  const SealKeys keys;
  Desk desk;
  desk.impl->set_seal_key(keys.open);
  (void)desk.member("走了的人");
  cs::OwnState own = *desk.impl->own();
  own.clock_offset_ms = -400 * kDay;
  REQUIRE(desk.impl->set_own(own).ok());
  const WallMs now_there = desk.clock.now_ms() + 400 * kDay;
  REQUIRE(desk.impl->set_held({{Id{}, "", "", {0}}}).ok());
  REQUIRE(desk.impl->acknowledge(own.end.counter).ok());
  REQUIRE(*desk.impl->erase_leaving() == 1);
  cs::Erasure erasure(*desk.database);
  REQUIRE(*erasure.kept() == 1);
  REQUIRE(erasure.backed_up(own.end.replica, own.end.counter, now_there + 89 * kDay).ok());
  CHECK(*erasure.kept() == 1);
  REQUIRE(erasure.backed_up(own.end.replica, own.end.counter, now_there + 91 * kDay).ok());
  CHECK(*erasure.kept() == 0);
}

TEST_CASE("a record stays as leaving while anything that hangs on it, however deep, is unsent") {
  SmallServer server;
  Desk desk;
  const Id id = desk.member("孙三");
  desk.push(server);
  desk.pull(server);
  const Id delivery = desk.put("delivery", Id{}, {{"member_id", id.text()}}).records.front();
  desk.push(server);
  desk.pull(server);
  desk.put("delivery_line", Id{}, {{"delivery_id", delivery.text()}});
  CHECK(!*desk.impl->erase(id));
  CHECK((*desk.records.get(id))->read_only);
  CHECK(*desk.impl->erase_leaving() == 0);
}

TEST_CASE(
    "unsent work is read-only with what it hangs on, as deep as it hangs, and goes on when that is back") {
  SmallServer server;
  Desk desk;
  const Id id = desk.member("孙三");
  desk.push(server);
  desk.pull(server);
  const Id delivery = desk.put("delivery", Id{}, {{"member_id", id.text()}}).records.front();
  const Id line = desk.put("delivery_line", Id{}, {{"delivery_id", delivery.text()}}).records.front();
  CHECK(!*desk.impl->erase(id));
  CHECK((*desk.records.get(delivery))->read_only);
  CHECK((*desk.records.get(line))->read_only);
  const auto edit = desk.edit("delivery", delivery, {{"mode", "post"}});
  CHECK(desk.records.save({edit}).error().code == "record.read_only");
  CHECK(*desk.impl->erase_leaving() == 0);
  CHECK((*desk.records.get(line))->read_only);

  Desk other(2);
  other.pull(server);
  other.put("member", id, {{"home_address", "又回来了"}});
  other.push(server);
  desk.pull(server);
  CHECK(*desk.impl->erase_leaving() == 0);
  CHECK(!(*desk.records.get(id))->read_only);
  CHECK(!(*desk.records.get(delivery))->read_only);
  CHECK(!(*desk.records.get(line))->read_only);
  CHECK(desk.problems().empty());
}

TEST_CASE("what left is stated once, with the counter of that moment") {
  Desk desk;
  (void)desk.member("钱二");
  cs::Erasure erasure(*desk.database);
  REQUIRE(erasure.note_left(desk.village, 7).ok());
  const auto first = erasure.to_state();
  REQUIRE(first->scopes.size() == 1);
  CHECK(first->scopes.front().position == 7);
  CHECK(first->scopes.front().counter == desk.impl->own()->end.counter);
  REQUIRE(erasure.note_left(desk.village, 9).ok());
  REQUIRE(erasure.stated(*first).ok());
  REQUIRE(erasure.to_state()->scopes.size() == 1);  // more has left since
  REQUIRE(erasure.stated(*erasure.to_state()).ok());
  CHECK(erasure.to_state()->scopes.empty());
}

TEST_CASE("what left is stated for the earlier chains too, as far as they went, and for none begun since") {
  Desk desk;
  (void)desk.member("钱二");
  const auto earlier = desk.impl->own()->end;
  REQUIRE(cs::OwnChains(*desk.database).begin_anew().ok());
  (void)desk.member("钱三");
  (void)desk.member("钱四");
  const auto noting = desk.impl->own()->end;
  cs::Erasure erasure(*desk.database);
  REQUIRE(erasure.note_left(desk.village, 7).ok());
  const auto check = [&] {
    const auto scopes = erasure.to_state()->scopes;
    REQUIRE(scopes.size() == 2);
    CHECK(scopes[0].replica == noting.replica);
    CHECK(scopes[0].counter == noting.counter);
    CHECK(scopes[1].replica == earlier.replica);
    CHECK(scopes[1].counter == earlier.counter);
    CHECK(scopes[1].position == 7);
  };
  check();
  REQUIRE(cs::OwnChains(*desk.database).begin_anew().ok());
  (void)desk.member("钱五");
  check();
  REQUIRE(erasure.stated(*erasure.to_state()).ok());
  CHECK(erasure.to_state()->scopes.empty());
}

}  // namespace
