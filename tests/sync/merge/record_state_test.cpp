#include "sync/merge/record_state.hpp"

#include <doctest/doctest.h>

#include "tests/sync/merge/histories.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::merge;

namespace {

/// A register of every form: settled, edited, rivals, cleared, purged, group known, waiting, kept aside.
ClassState rich_state() {
  RecordState state = empty_record();
  const ChangeId first{{0xF1}, 1};
  take(state, written(first, {{kReviewed, "", "a", {}, {}, 0},
                              {kLatest, "", "b", {}, {}, 0},
                              {kTags, "work", "1", {}, {}, 0},
                              {kMost, "", "5", {}, {}, 0},
                              {kTown, "", "t", {}, {}, 0}}));
  take(state, written({{2}, 1}, {{kReviewed, "", std::nullopt, {first}, {}, 0}}, 2000));
  take(state, written({{3}, 1}, {{kLatest, "", "c", {}, {}, 0}}, 3000));
  Written gone = written({{4}, 1}, {{kLeast, "", "7", {}, {}, 0}}, 4000);
  purge_values(gone.body, gone.values, {});
  take(state, gone);
  take(state, written({{5}, 1}, {{kFirm, "", "f", {}, {first}, 0}}, 5000));
  take(state, written({{6}, 1}, {{kDesk, "", "d", {{{9}, 9}}, {}, 0}}, 6000), {ChangeId{{9}, 9}});
  apply_inert(state, written({{7}, 1}, {{kMost, "", "6", {first}, {}, 0}}).body,
              [](const ChangeId&) { return false; });
  HeadMeta& told = state.classes.at(0).metas.at(first);
  told.effective_ms = 990;
  told.suspect = true;
  return state.classes.at(0);
}

bool is_refused(const ClassState& state) {
  const auto read = decode_class_state(encode_class_state(state));
  return !read.ok() && read.error().code == "state.malformed";
}

}  // namespace

TEST_CASE("a state of more registers than it may take in memory is refused before they are made") {
  constexpr std::size_t kMemory = 64 * 1024 * 1024;  // codec::Limits
  const ClassState rich = rich_state();
  const auto of = [&](std::size_t count) {
    ClassState many;
    Register plain;
    const ChangeId author{{7}, 1};
    many.metas[author] = rich.metas.begin()->second;
    plain.heads.push_back({author, "1", false, {}});
    FlatMap<RegisterKey, Register>::Gathering all(count);
    for (std::size_t i = 0; i < count; ++i)
      all.add({static_cast<std::uint16_t>(i >> 8U), std::to_string(i & 0xFFU)}, plain);
    many.registers = *all.taken();
    return many;
  };
  const std::size_t most = kMemory / sizeof(FlatMap<RegisterKey, Register>::value_type);
  CHECK(decode_class_state(encode_class_state(of(most / 2))).ok());
  CHECK(is_refused(of(most + 1)));
}

TEST_CASE("Every form of a register survives encoding") {
  const ClassState state = rich_state();
  const Bytes bytes = encode_class_state(state);
  const auto read = decode_class_state(bytes);
  REQUIRE(read.ok());
  CHECK(*read == state);
  CHECK(encode_class_state(*read) == bytes);
  CHECK(decode_class_state(encode_class_state({}))->empty());
}

TEST_CASE("The creating change leads, and a settled field costs no more than its number, length and value") {
  RecordState state = empty_record();
  const ChangeId creation{{0xF1}, 1};
  take(state, written(creation, {{kReviewed, "", "0123456789", {}, {}, 0}}, 1000));
  const std::size_t one = encode_class_state(state.classes.at(0)).size();
  RecordState two = empty_record();
  take(two,
       written(creation, {{kReviewed, "", "0123456789", {}, {}, 0}, {kLatest, "", "0123456789", {}, {}, 0}}));
  CHECK(encode_class_state(two.classes.at(0)).size() - one == 4 + 10);  // field, element, state, length
  take(two, written({{1}, 1}, {{kLatest, "", "x", {creation}, {}, 0}}, 2000));
  const Bytes bytes = encode_class_state(two.classes.at(0));
  CHECK(bytes.find("0123456789") < bytes.find('x'));
}

TEST_CASE("Cut, lengthened or changed bytes are refused or another state") {
  const Bytes bytes = encode_class_state(rich_state());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK(decode_class_state(BytesView(bytes).substr(0, size)).error().code == "state.malformed");
  CHECK_FALSE(decode_class_state(bytes + '\0').ok());
  std::size_t other = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      const auto read = decode_class_state(flipped);
      if (!read.ok()) continue;
      ++other;
      CHECK(encode_class_state(*read) == flipped);
    }
  }
  CHECK(other > 100);
}

TEST_CASE("A state that merging could not have made is refused") {
  ClassState state = rich_state();
  std::swap(state.registers.at({kLatest, ""}).heads[0], state.registers.at({kLatest, ""}).heads[1]);
  CHECK(is_refused(state));
  state = rich_state();
  state.metas[{{77}, 1}] = {};  // of a change without a head
  CHECK(is_refused(state));
  state = rich_state();
  state.registers.at({kDesk, ""}).ghosts = {{{9}, 9}, {{8}, 8}};
  CHECK(is_refused(state));
  state = rich_state();
  state.registers.at({kFirm, ""}).heads[0].group_seen = {{{9}, 9}, {{9}, 9}};
  CHECK(is_refused(state));
  state = rich_state();
  state.registers.at({kMost, ""}).inert[0].seen = {{{9}, 9}, {{8}, 8}};
  CHECK(is_refused(state));
}

TEST_CASE("Extreme times survive, also those no clock shows") {
  for (const WallMs ms :
       {std::numeric_limits<WallMs>::min(), std::numeric_limits<WallMs>::max(), WallMs{0}}) {
    ClassState state = rich_state();
    state.metas.begin()->second.effective_ms = ms;
    state.metas.begin()->second.hlc = ~std::uint64_t{0};
    const auto read = decode_class_state(encode_class_state(state));
    REQUIRE(read.ok());
    CHECK(*read == state);
  }
}

TEST_CASE("A digest leaf depends on record, class, heads and purges, and on no value (9)") {
  const ClassState state = rich_state();
  const Id record = empty_record().record;
  const Digest128 leaf = digest_leaf(record, 0, state);
  CHECK(digest_leaf(Id{}, 0, state) != leaf);
  CHECK(digest_leaf(record, 1, state) != leaf);
  CHECK(digest_leaf(record, 0, {}) == Digest128{});
  ClassState other = state;
  other.registers.at({kTags, "work"}).heads[0].value = "0";
  CHECK(digest_leaf(record, 0, other) == leaf);
  other.registers.at({kTags, "work"}).heads[0].purged = true;
  CHECK(digest_leaf(record, 0, other) != leaf);
  other = state;
  other.registers.erase({kTags, "work"});
  CHECK(digest_leaf(record, 0, other) != leaf);
}
