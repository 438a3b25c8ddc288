#include "sync/merge/purge.hpp"

#include <doctest/doctest.h>

#include "sync/merge/merge.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::sync;

constexpr std::uint16_t kName = 32;
constexpr std::uint16_t kPhone = 40;

/// A change of the replica that writes both fields, having seen nothing.
change::Change purged_write(std::uint64_t replica, std::uint64_t purge_number) {
  change::ChainEnd end{ReplicaId{replica}, 0, {}};
  change::ChangeBody body;
  body.action = 1;
  body.record = Id::make(1);
  body.kind = 7;
  body.hlc = replica << 16;
  body.purge_number = purge_number;
  body.writes = {{kName, "", 0, {}, {}}, {kPhone, "", 0, {}, {}}};
  return change::link(
      end, std::move(body),
      {change::WriteValue::of("name" + std::to_string(replica)), change::WriteValue::of("0439")});
}

merge::RecordState state_of(const std::vector<change::Change>& changes) {
  merge::RecordState state;
  for (const change::Change& one : changes)
    (void)merge::apply(state, one.body, one.values, {one.body.hlc, 0, false, {}, {}},
                       [](const ChangeId&) { return false; });
  return state;
}

TEST_CASE("a purge takes the named fields of heads that hold a lower number, and the chain still verifies") {
  change::Change one = purged_write(1, 0);
  const Hash256 hash = one.hash;
  CHECK(merge::purge_change(one.body, one.values, {{1, {kPhone}}}));
  CHECK(one.values.values[0].value() == "name1");
  CHECK(one.values.values[1].state == change::WriteValue::State::kPurged);
  CHECK_FALSE(one.values.secret);
  change::ChainEnd end{ReplicaId{1}, 0, {}};
  const auto followed = change::follow(end, one.body_bytes, change::encode_values(one.values));
  REQUIRE(followed.ok());
  CHECK(followed->hash == hash);
  CHECK_FALSE(merge::purge_change(one.body, one.values, {{1, {kPhone}}}));
  CHECK(merge::purge_change(one.body, one.values, {{1, {kPhone}}, {2, {kName}}}));
  CHECK(one.values.salts.empty());
  end = {ReplicaId{1}, 0, {}};
  CHECK(change::follow(end, one.body_bytes, change::encode_values(one.values))->hash == hash);
}

TEST_CASE(
    "what was cleared has nothing to lose, and still says that it was: a removal taken back stays taken "
    "back") {
  change::ChainEnd end{ReplicaId{3}, 0, {}};
  change::ChangeBody body;
  body.action = 1;
  body.record = Id::make(1);
  body.kind = 7;
  body.writes = {{kName, "", 0, {}, {}}, {kPhone, "", 0, {}, {}}};
  change::Change one =
      change::link(end, body, {change::WriteValue::of(std::nullopt), change::WriteValue::of("0439")});
  CHECK_FALSE(merge::purge_change(one.body, one.values, {{1, {kName}}}));
  CHECK(one.values.secret);
  merge::RecordState state = state_of({one});
  CHECK(merge::purge_heads(state.classes[0], [](const ChangeId&, std::uint16_t) { return true; }));
  REQUIRE(merge::purge_change(one.body, one.values, {{1, {kName, kPhone}}}));
  CHECK(one.values.values[0].state == change::WriteValue::State::kNull);
  CHECK(one.values.values[1].state == change::WriteValue::State::kPurged);
  end = {ReplicaId{3}, 0, {}};
  CHECK(change::follow(end, one.body_bytes, change::encode_values(one.values))->hash == one.hash);
  const auto shown = merge::shown(*state.find(kName), domain::Policy::kReview, state.classes.at(0));
  CHECK_FALSE(shown.purged);
  CHECK_FALSE(shown.value);
  CHECK(merge::encode_class_state(state.classes[0]) == merge::encode_class_state(state_of({one}).classes[0]));
}

TEST_CASE("a write that knew of the purge keeps its value") {
  change::Change one = purged_write(1, 1);
  CHECK_FALSE(merge::purge_change(one.body, one.values, {{1, {kPhone}}}));
  CHECK(merge::purge_change(one.body, one.values, {{2, {kPhone}}}));
}

TEST_CASE("states purged head by head are those that purged changes make, and their digest tells") {
  change::Change one = purged_write(1, 0);
  merge::RecordState state = state_of({one});
  const Digest128 live = merge::digest_leaf(Id::make(1), 0, state.classes[0]);
  CHECK(merge::purge_heads(state.classes[0],
                           [](const ChangeId&, std::uint16_t field) { return field == kPhone; }));
  CHECK_FALSE(merge::purge_heads(state.classes[0], [](const ChangeId&, std::uint16_t) { return false; }));
  REQUIRE(merge::purge_change(one.body, one.values, {{1, {kPhone}}}));
  CHECK(merge::encode_class_state(state.classes[0]) == merge::encode_class_state(state_of({one}).classes[0]));
  CHECK(merge::digest_leaf(Id::make(1), 0, state.classes[0]) != live);
}

TEST_CASE("a purged value is nobody's rival: what is kept is shown, and no person is asked to choose") {
  change::Change old = purged_write(1, 0);
  const change::Change kept = purged_write(2, 1);
  REQUIRE(merge::purge_change(old.body, old.values, {{1, {kName, kPhone}}}));
  const merge::RecordState state = state_of({old, kept});
  const auto shown = merge::shown(*state.find(kName), domain::Policy::kReview, state.classes.at(0));
  CHECK(shown.value == "name2");
  CHECK_FALSE(shown.in_dispute);
  CHECK_FALSE(shown.purged);
}

}  // namespace
