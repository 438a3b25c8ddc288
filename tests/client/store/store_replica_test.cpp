#include "client/store/store_replica.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "client/store/own_chains.hpp"
#include "client/store/store_take.hpp"
#include "shared/base/file.hpp"
#include "tests/client/store/small_county.hpp"

using namespace lianxin;
using namespace lianxin::client::store;
using namespace lianxin::test;
namespace fs = std::filesystem;

namespace {

using Two = TwoLaptops;

std::uint64_t count(LaptopStore& store, const char* sql) {
  auto select = store.database().prepare(sql);
  REQUIRE(select.step().ok());
  return select.natural(0);
}

}  // namespace

TEST_CASE("two laptops and a county end equal, and the receipt says so only then") {
  Two two;
  const Id from_a = put_member(*two.a, "甲某");
  const Id from_b = put_member(*two.b, "乙某");
  CHECK(two.a->records().status()->unsent > 0);
  CHECK(two.county.sync(*two.a).complete);
  CHECK(two.county.sync(*two.b).complete);
  const auto receipt = two.county.sync(*two.a);
  CHECK(receipt.complete);
  REQUIRE(receipt.scopes.size() == 1);
  CHECK(receipt.scopes[0].equal);
  CHECK(receipt.scopes[0].digest == receipt.scopes[0].server_digest);
  CHECK(receipt.scopes[0].records == 2);
  CHECK(receipt.shelf.equal);
  CHECK(name_of(*two.a, from_b) == "乙某");
  CHECK(name_of(*two.b, from_a) == "甲某");
  CHECK(dump_of(*two.a) == dump_of(*two.b));
  CHECK(two.a->records().status()->unsent == 0);
  CHECK(count(*two.a, "SELECT count(*) FROM change WHERE in_overlay = 1") == 0);
  CHECK(problems_of(*two.a) == "");
  CHECK(problems_of(*two.b) == "");
}

TEST_CASE("a sync, a save and a look at the state of things read what they are about, not the whole store") {
  Two two;
  constexpr int kOthers = 600;
  for (int i = 0; i < kOthers; ++i)
    (void)put_member(*two.a, "别人");
  (void)two.county.sync(*two.a);
  (void)two.county.sync(*two.b);
  (void)two.county.sync(*two.b);
  const auto once = [&] {
    const Id member = put_member(*two.b, "赵连心");
    (void)two.county.sync(*two.b);
    CHECK(two.b->records().status().ok());
    CHECK(two.b->records().kept_aside()->empty());
    CHECK(two.b->records().get(member).ok());
  };
  once();
  REQUIRE(two.b->database().exec("DELETE FROM twin_todo").ok());  // as after looking through all for twins
  const std::uint64_t before = two.b->database().rows_scanned();
  once();
  CHECK(two.b->database().rows_scanned() - before < kOthers / 2);
}

TEST_CASE("batches never split an action, and a feed in pieces ends the same") {
  Two two;
  for (int i = 0; i < 12; ++i)
    put_member(*two.a, "成员" + std::to_string(i));
  const auto start = two.a->replica().begin_exchange();
  REQUIRE(start.ok());
  std::uint64_t next = 1;
  int batches = 0;
  while (next <= start->own.counter) {
    const auto batch = two.a->replica().outgoing(next, 600);
    REQUIRE(batch.ok());
    REQUIRE(batch->first == next);
    REQUIRE_FALSE(batch->changes.empty());
    const auto first = sync::change::decode_body(batch->changes.front().body);
    CHECK(first->action == first->id.counter);
    next += batch->changes.size();
    CHECK(batch->more == (next <= start->own.counter));
    ++batches;
  }
  CHECK(batches > 3);
  two.county.page_entries = 3;
  CHECK(two.county.sync(*two.a).complete);
  CHECK(two.county.sync(*two.b).complete);
  CHECK(dump_of(*two.a) == dump_of(*two.b));
  CHECK(problems_of(*two.b) == "");
}

TEST_CASE("exchange numbers are used up before they are given out, also across a restart") {
  Two two;
  const auto first = two.a->replica().begin_exchange();
  const auto second = two.a->replica().begin_exchange();
  CHECK(second->number == first->number + 1);
  two.a.reset();
  OpenReport report;
  auto again = LaptopStore::open(two.folder.path() / "a", kPassphrase, two.county.clock, report);
  REQUIRE(again.ok());
  CHECK((*again)->replica().begin_exchange()->number == second->number + 1);
}

TEST_CASE("what size of answers a line brought is remembered across a restart") {
  Two two;
  CHECK(*two.a->replica().answer_bytes() == 0);
  REQUIRE(two.a->replica().remember_answer_bytes(300'000).ok());
  two.a.reset();
  OpenReport report;
  two.a = LaptopStore::open(two.folder.path() / "a", kPassphrase, two.county.clock, report).value();
  CHECK(*two.a->replica().answer_bytes() == 300'000);
  REQUIRE(two.a->database().exec("UPDATE meta SET value = -1 WHERE name = 'answer_bytes'").ok());
  CHECK(*two.a->replica().answer_bytes() == 0);
}

TEST_CASE("exchange numbers go on above what the server has had, never back and never out of reach") {
  Two two;
  REQUIRE(two.a->replica().skip_exchanges(500).ok());
  CHECK(two.a->replica().begin_exchange()->number == 501);
  CHECK(two.a->replica().skip_exchanges(500).error().code == "exchange.number");
  CHECK(two.a->replica().skip_exchanges(501).ok());
  CHECK(two.a->replica().skip_exchanges(~std::uint64_t{0}).error().code == "exchange.number");
  CHECK(two.a->replica().begin_exchange()->number == 502);
  // A rebuilt copy of this laptop began at its clock's milliseconds, and the clock was years ahead.
  constexpr std::uint64_t kByClock = 2'500'000'000'000;
  REQUIRE(two.a->replica().skip_exchanges(kByClock).ok());
  CHECK(two.a->replica().begin_exchange()->number == kByClock + 1);
  CHECK(two.a->replica().skip_exchanges((std::uint64_t{1} << 52) + 1).error().code == "exchange.number");
}

TEST_CASE("an answer taken twice, or lost and sent again, changes nothing") {
  Two two;
  put_member(*two.b, "乙某");
  two.county.sync(*two.b);
  put_member(*two.a, "甲某");
  two.county.loses_answers = true;
  CHECK_FALSE(two.county.try_sync(*two.a).ok());
  CHECK(two.a->records().status()->unsent > 0);
  two.county.loses_answers = false;
  CHECK(two.county.sync(*two.a).complete);
  const std::string before = dump_of(*two.a);
  const std::size_t kept = two.county.changes();
  const auto again = two.a->replica().take(*two.county.last_answer, {1, {}});
  REQUIRE(again.ok());
  CHECK(again->received == 0);
  CHECK(dump_of(*two.a) == before);
  CHECK(two.county.sync(*two.a).complete);
  CHECK(two.county.changes() == kept);
  CHECK(problems_of(*two.a) == "");
}

TEST_CASE("an acknowledgement not signed by the county, or of other bytes, moves nothing") {
  Two two;
  put_member(*two.a, "甲某");
  const auto unsent = two.a->records().status()->unsent;
  two.county.loses_answers = true;
  CHECK_FALSE(two.county.try_sync(*two.a).ok());
  auto forged = *two.county.last_answer;
  forged.ack.counter += 1;
  CHECK(two.a->replica().take(forged, {1, {}}).error().code == "sync.signature");
  auto other = *two.county.last_answer;
  other.server = Id::make(1);
  CHECK(two.a->replica().take(other, {1, {}}).error().code == "sync.other_server");
  CHECK(two.a->records().status()->unsent == unsent);
}

TEST_CASE("an acknowledgement of other bytes under our counter moves nothing, though the county signed it") {
  Two two;
  put_member(*two.a, "甲某");
  const auto unsent = two.a->records().status()->unsent;
  REQUIRE(unsent > 0);
  two.county.loses_answers = true;
  two.county.before_sending = [](sync::wire::ExchangeAnswer& answer) { answer.ack.hash = hash256("other"); };
  CHECK_FALSE(two.county.try_sync(*two.a).ok());
  CHECK(two.a->replica().take(*two.county.last_answer, {1, {}}).ok());
  CHECK(two.a->records().status()->unsent == unsent);
}

TEST_CASE("a quarantined change is kept at the county, said so, and the receipt is still green") {
  Two two;
  two.county.quarantine = {1};
  const Id member = put_member(*two.a, "甲某");
  const auto receipt = two.county.sync(*two.a);
  CHECK(receipt.quarantined == 1);
  CHECK(receipt.complete);
  CHECK(two.a->records().status()->quarantined == 1);
  const auto history = two.a->records().history(member);
  REQUIRE(history.ok());
  REQUIRE_FALSE(history->empty());
  CHECK(history->front().quarantine == "no_right");
  CHECK(problems_of(*two.a) == "");
}

TEST_CASE(
    "of a record all of which is kept aside in a village not held nothing stays but what became of it") {
  Two two;
  two.county.quarantine = {1};
  Edit edit;
  edit.kind = "member";
  edit.fields = {{"name", FieldEdit::Op::kSet, "别村"},
                 {"home_village_id", FieldEdit::Op::kSet, Id::make(kTestDay).text()}};
  const auto saved = two.a->records().save({edit});
  REQUIRE((saved.ok() && saved->ok));
  const auto receipt = two.county.sync(*two.a);
  CHECK(receipt.quarantined == 1);
  CHECK(receipt.complete);
  CHECK_FALSE(two.a->records().get(saved->records.front())->has_value());
  REQUIRE(two.a->records().kept_aside()->size() == 1);
  CHECK(two.a->records().kept_aside()->front().reason == "no_right");
  CHECK(two.a->records().status()->quarantined == 1);
  CHECK(problems_of(*two.a) == "");
}

TEST_CASE("a scope that is taken away goes from the laptop, not from the county; unsent work waits") {
  Two two;
  const Id member = put_member(*two.a, "甲某");
  two.county.sync(*two.a);
  two.county.hold(two.county.village, false);
  CHECK(two.county.sync(*two.a).evicted > 0);
  CHECK_FALSE((*two.a->records().get(member)).has_value());
  CHECK(two.county.changes() > 0);
  two.county.hold(two.county.village, true);
  CHECK(two.county.sync(*two.a).complete);
  CHECK(name_of(*two.a, member) == "甲某");
  CHECK(problems_of(*two.a) == "");
}

TEST_CASE("what is erased is not left in a copy from before a change of the schema either") {
  Two two;
  (void)put_member(*two.a, "甲某");
  two.county.sync(*two.a);
  const fs::path copy = two.folder.path() / "a" / "store.db.before-25";
  const fs::path ruin = two.folder.path() / "a" / "store.db.damaged-7";
  for (const fs::path& file : {copy, ruin})
    std::ofstream(file) << "as it was";
  two.county.sync(*two.a);
  CHECK(fs::exists(copy));
  two.county.hold(two.county.village, false);
  CHECK(two.county.sync(*two.a).evicted > 0);
  CHECK_FALSE(fs::exists(copy));
  CHECK(fs::exists(ruin));  // nobody knows whether all of its unsent work was found elsewhere
}

namespace {

Id put_remark(LaptopStore& store, const std::string& name) {
  Edit edit;
  edit.kind = "member";
  edit.record = put_member(store, name);
  edit.fields = {{"remark", FieldEdit::Op::kSet, "remark of " + name}};
  const auto saved = store.records().save({edit});
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
  return edit.record;
}

}  // namespace

TEST_CASE("a feed that begins anew after another page of the answer moved its sum is summed up once") {
  using sync::wire::FeedEntry;
  using sync::wire::FeedPage;
  Two two;
  const Id leaves = put_remark(*two.a, "甲某");
  const Id stays = put_remark(*two.a, "乙某");
  two.county.sync(*two.a);
  two.county.sync(*two.b);
  std::optional<FeedPage> general;
  std::optional<FeedPage> remarks;
  for (const FeedPage& page : two.county.last_answer->pages)
    (page.privacy == 0 ? general : remarks) = page;
  REQUIRE(general);
  REQUIRE(remarks);
  two.county.before_sending = [&](sync::wire::ExchangeAnswer& answer) {
    FeedEntry evict;
    evict.position = general->to + 1;
    evict.kind = sync::wire::EntryKind::kEvict;
    evict.record = leaves;
    FeedPage first{*general};
    first.from = general->to;
    first.to = evict.position;
    first.entries = {evict};
    FeedPage anew{*remarks};
    anew.to += 5;
    std::erase_if(anew.entries, [&](const FeedEntry& entry) {
      return sync::change::decode_body(entry.body)->record != stays;
    });
    answer.pages = {first, anew};
  };
  REQUIRE(two.county.try_sync(*two.b).ok());
  CHECK_FALSE(two.b->records().get(leaves)->has_value());
  CHECK(two.b->records().get(stays)->has_value());
  CHECK(problems_of(*two.b) == "");
}

TEST_CASE("what is written after reading another's change is stamped after it, though this clock is slow") {
  Two two;
  two.county.clock.advance(60'000);
  put_member(*two.a, "甲某");
  CHECK(two.county.sync(*two.a).complete);
  two.county.clock.advance(-60'000);
  CHECK(two.county.sync(*two.b).complete);
  put_member(*two.b, "乙某");
  CHECK(count(*two.b,
              "SELECT (SELECT min(hlc) FROM change WHERE in_overlay = 1) > "
              "(SELECT max(hlc) FROM change WHERE in_overlay = 0)") == 1);
}

TEST_CASE("a county restored from nothing gets everything again") {
  Two two;
  const Id member = put_member(*two.a, "甲某");
  two.county.sync(*two.a);
  two.county.sync(*two.b);
  const std::string before = dump_of(*two.a);
  two.county.restore_from_nothing();
  CHECK(two.county.sync(*two.a).complete);
  CHECK(two.county.changes() > 0);
  CHECK(dump_of(*two.a) == before);
  CHECK(two.county.sync(*two.b).complete);
  CHECK(name_of(*two.b, member) == "甲某");
  CHECK(dump_of(*two.b) == before);
  CHECK(problems_of(*two.a) == "");
  CHECK(problems_of(*two.b) == "");
}

TEST_CASE("own work that comes back is not counted as received; another's is") {
  Two two;
  put_member(*two.a, "甲某");
  CHECK(two.county.sync(*two.a).received == 0);
  CHECK(two.county.sync(*two.b).received > 0);
}

TEST_CASE("a county restored from nothing gets back what a laptop wrote under earlier names, in one sync") {
  Two two;
  const Id first = put_member(*two.a, "甲某");
  two.county.sync(*two.a);
  REQUIRE(two.a->replica().become_new_replica().ok());
  const Id second = put_member(*two.a, "乙某");
  two.county.sync(*two.a);
  REQUIRE(two.a->replica().become_new_replica().ok());
  SUBCASE("with work of its own at hand") { put_member(*two.a, "丙某"); }
  SUBCASE("without") {}
  two.county.restore_from_nothing();
  CHECK(two.county.sync(*two.a).complete);
  CHECK(two.county.sync(*two.b).complete);
  CHECK(name_of(*two.b, first) == "甲某");
  CHECK(name_of(*two.b, second) == "乙某");
  CHECK(dump_of(*two.a) == dump_of(*two.b));
}

TEST_CASE("a laptop set back as a whole learns its own later work and writes on under a new name") {
  Two two;
  put_member(*two.a, "甲某");
  two.a.reset();
  const fs::path home = two.folder.path() / "a";
  // The disk is set back: same machine, same files, older content.
  std::map<fs::path, std::string> image;
  for (const auto& file : fs::directory_iterator(home))
    image[file.path()] = *read_file(file.path(), 1 << 28);
  const auto open = [&] {
    OpenReport report;
    auto opened = LaptopStore::open(home, kPassphrase, two.county.clock, report);
    REQUIRE(opened.ok());
    return std::move(*opened);
  };
  Id later;
  {
    auto store = open();
    later = put_member(*store, "后来");
    two.county.sync(*store);
  }
  for (const auto& [file, content] : image) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
  }
  SUBCASE("before it wrote again") {
    auto store = open();
    const ReplicaId before = store->records().status()->replica;
    CHECK(two.county.sync(*store).complete);
    CHECK(store->records().status()->replica != before);
    CHECK(name_of(*store, later) == "后来");
    CHECK(problems_of(*store) == "");
  }
  SUBCASE("after it wrote again, which makes a branch nobody loses") {
    auto store = open();
    const ReplicaId before = store->records().status()->replica;
    const Id other = put_member(*store, "另写");
    // The small county has no place for the branch: it refuses, and everything stays unsent here.
    const auto receipt = two.county.sync(*store);
    CHECK_FALSE(receipt.complete);
    CHECK(store->records().status()->replica != before);
    CHECK(store->records().status()->unsent > 0);
    CHECK(name_of(*store, other) == "另写");
    CHECK(name_of(*store, later) == "后来");
  }
}
