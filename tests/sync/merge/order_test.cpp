// The laws of sync.md 3 on random histories; every seed is printed when it fails.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/sync/merge/histories.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::merge;

namespace {

constexpr std::uint64_t kHistories = 20'000;

/// "" or the law that this history breaks under the rule.
std::string broken_law(std::uint64_t seed, const Rule& rule, bool repeats, bool has_log = true) {
  const History history = random_history(seed);
  std::mt19937_64 random(seed + 1);
  const RecordState one = replay(random_order(history, random, false), rule);
  const RecordState other = replay(random_order(history, random, repeats), rule, has_log);
  if (heads_in(one) != heads_by_definition(history)) return "a head is not what the definition says";
  return bytes_of(one) == bytes_of(other) ? "" : "another order, another state";
}

std::uint64_t histories_broken(const Rule& rule, bool repeats, bool has_log = true) {
  std::uint64_t broken = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    if (!broken_law(seed, rule, repeats, has_log).empty()) ++broken;
  }
  return broken;
}

template <class F>
void each_register(RecordState& state, const F& f) {
  for (auto& [privacy, owner] : state.classes) {
    for (auto& [key, reg] : owner.registers)
      f(reg);
  }
}

void forget_ghosts(RecordState& state, const Step& step, const IsMissing& is_missing) {
  real_rule(state, step, is_missing);
  each_register(state, [](Register& reg) { reg.ghosts.clear(); });
}

void nothing_is_missing(RecordState& state, const Step& step, const IsMissing&) {
  real_rule(state, step, [](const ChangeId&) { return false; });
}

void inert_is_not_kept(RecordState& state, const Step& step, const IsMissing& is_missing) {
  if (!step.inert) real_rule(state, step, is_missing);
}

void inert_is_applied(RecordState& state, const Step& step, const IsMissing& is_missing) {
  real_rule(state, {false, step.change}, is_missing);
}

void inert_is_a_wall(RecordState& state, const Step& step, const IsMissing& is_missing) {
  real_rule(state, step, is_missing);
  each_register(state, [](Register& reg) {
    for (Inert& inert : reg.inert)
      inert.seen.clear();
  });
}

void last_arrival_wins(RecordState& state, const Step& step, const IsMissing& is_missing) {
  real_rule(state, step, is_missing);
  each_register(state, [&](Register& reg) {
    erase_if(reg.heads,
             [&](const Head& head) { return head.id != step.change->body.id && reg.heads.size() > 1; });
  });
}

void newest_wins(RecordState& state, const Step& step, const IsMissing& is_missing) {
  real_rule(state, step, is_missing);
  for (auto& [privacy, owner] : state.classes) {
    for (auto& [key, reg] : owner.registers) {
      std::uint64_t newest = 0;
      for (const Head& head : reg.heads)
        newest = std::max(newest, owner.metas.at(head.id).hlc);
      erase_if(reg.heads,
               [&, &metas = owner.metas](const Head& head) { return metas.at(head.id).hlc < newest; });
    }
  }
}

}  // namespace

TEST_CASE(
    "Any order of arrival gives the same bytes, and every write is a head or replaced by who named it "
    "(3.1-3.3)") {
  for (std::uint64_t seed = 0; seed < kHistories; ++seed) {
    const std::string broken = broken_law(seed, real_rule, seed % 2 == 0);
    REQUIRE_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
  }
}

TEST_CASE("The law of order notices a wrong rule") {
  CHECK(histories_broken(real_rule, false) == 0);
  CHECK(histories_broken(forget_ghosts, false) > 0);
  CHECK(histories_broken(nothing_is_missing, false) > 0);
  CHECK(histories_broken(inert_is_not_kept, false) > 0);
  CHECK(histories_broken(inert_is_applied, false) > 0);
  CHECK(histories_broken(inert_is_a_wall, false) > 0);
  CHECK(histories_broken(last_arrival_wins, false) > 0);
  CHECK(histories_broken(newest_wins, false) > 0);
}

TEST_CASE("The law of repetition notices a replica without a log") {
  CHECK(histories_broken(real_rule, true) == 0);
  CHECK(histories_broken(real_rule, true, false) > 0);
}

TEST_CASE("A live write told again changes nothing; nor does its earlier quarantine") {
  RecordState state = empty_record();
  const Written change = written({{1}, 1}, {{kReviewed, "", "a", {}, {}, 0}, {kTown, "", "b", {}, {}, 0}});
  CHECK(take(state, change).changed);
  const RecordState before = state;
  CHECK_FALSE(take(state, change).changed);
  CHECK_FALSE(apply_inert(state, change.body, [](const ChangeId&) { return false; }).changed);
  CHECK(state == before);
}

TEST_CASE("A state survives being stored, and its digest tells only heads (9)") {
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    CAPTURE(seed);
    const History history = random_history(seed);
    std::mt19937_64 random(seed);
    const RecordState state = replay(random_order(history, random, false), real_rule);
    const ClassState& owner = state.classes.at(0);
    const auto read = decode_class_state(encode_class_state(owner));
    REQUIRE(read.ok());
    REQUIRE(*read == owner);
    ClassState plain = owner;
    for (auto& [key, reg] : plain.registers) {
      reg.ghosts.clear();
      reg.inert.clear();
    }
    REQUIRE(digest_leaf(state.record, 0, plain) == digest_leaf(state.record, 0, owner));
    if (owner.metas.empty()) continue;
    plain.registers[{kTags, "x"}].heads = {{plain.metas.begin()->first, "1", false, {}}};
    REQUIRE(digest_leaf(state.record, 0, plain) != digest_leaf(state.record, 0, owner));
  }
}
