// What is remembered of pairs that were compared says what comparing them anew would (twin_pairs.hpp).
#include "client/store/twin_pairs.hpp"

#include <doctest/doctest.h>
#include <random>

#include "shared/base/text.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr std::size_t kAll = 1000;

std::vector<std::string> lines_of(const cs::Twins& twins) {
  std::vector<std::string> out;
  for (const cs::TwinPair& pair : twins.pairs) {
    std::string line = pair.kind + " " + pair.one.text() + " " + pair.other.text() + " " +
                       std::to_string(static_cast<int>(pair.likeness));
    for (const cs::TwinPair::Reason& reason : pair.reasons) {
      line += " " + reason.key;
      for (const ErrorArg& arg : reason.args)
        line += " " + arg.value;
    }
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> pairs_now(Desk& desk) {
  const auto twins = desk.records.twins(kAll);
  REQUIRE(twins.ok());
  CHECK_FALSE(twins->uncompared);
  return lines_of(*twins);
}

/// By one that remembers nothing.
std::vector<std::string> pairs_anew(Desk& desk) {
  cs::TwinPairs fresh(*desk.impl);
  const auto twins = fresh.find(kAll, kAll);
  REQUIRE(twins.ok());
  return lines_of(*twins);
}

void read_all(Desk& desk) {
  while (*desk.records.read_twins(100)) {
  }
}

TEST_CASE("pairs are compared in slices, and whoever asks gets those that are") {
  Desk desk;
  for (int i = 0; i < 4; ++i)
    (void)desk.member("赵连心");
  read_all(desk);
  auto none = desk.records.twins(kAll, 0);
  REQUIRE(none.ok());
  CHECK(none->pairs.empty());
  CHECK(none->uncompared);
  auto some = desk.records.twins(kAll, 2);
  REQUIRE(some.ok());
  CHECK(some->pairs.size() == 2);
  CHECK(some->uncompared);
  CHECK(*desk.records.compare_twins(3));
  CHECK_FALSE(*desk.records.compare_twins(3));
  some = desk.records.twins(kAll, 0);
  CHECK(some->pairs.size() == 6);
  CHECK_FALSE(some->uncompared);
  CHECK(lines_of(*some) == pairs_anew(desk));
}

TEST_CASE("a transaction that is taken back leaves nothing behind") {
  Desk desk;
  const Id one = desk.member("赵连心");
  (void)desk.member("赵连心");
  read_all(desk);
  REQUIRE(pairs_now(desk).size() == 1);
  {
    auto transaction = lianxin::store::Transaction::begin(*desk.database);
    REQUIRE(transaction.ok());
    REQUIRE(desk.impl->twins().erase(one).ok());
    CHECK(pairs_now(desk).empty());
  }
  CHECK(pairs_now(desk).size() == 1);
}

TEST_CASE("whatever is saved, voided, said or made anew: remembered pairs are those found anew") {
  std::mt19937 random(11);
  Desk desk;
  const char* const names[] = {"赵连心", "赵连新", "钱守信"};
  std::vector<Id> members;
  std::vector<Id> phones;
  const auto any = [&] { return members[random() % members.size()]; };
  members.push_back(desk.member(names[0]));
  const Id book = desk.put("material", Id{}, {{"name", "学习资料"}}).records.front();
  std::size_t most = 0;
  int compared = 0;
  for (int step = 0; step < 150; ++step) {
    INFO("step " << step);
    switch (random() % 9) {
      case 0:
        members.push_back(desk.member(names[random() % 3]));
        break;
      case 1:
        desk.put("member", any(), {{"name", names[random() % 3]}});
        break;
      case 2:
        desk.put("member", any(), {{"born_on", random() % 2 == 0 ? "1980-05-01" : "1980-06-01"}});
        break;
      case 3:
        phones.push_back(desk.put("contact_point", Id{},
                                  {{"member_id", any().text()}, {"kind", "mobile"}, {"value", "13800001234"}})
                             .records.front());
        break;
      case 4:
        if (!phones.empty())
          desk.put("contact_point", phones[random() % phones.size()], {{"member_id", any().text()}});
        break;
      case 5:
        desk.put("visit", Id{},
                 {{"members", any().text()},
                  {"occurred_on", "2026-09-0" + std::to_string(1 + random() % 2)},
                  {"outcome", "met"}});
        break;
      case 6:
        (void)desk.records.say_twins(any(), any(),
                                     random() % 2 == 0 ? cs::TwinWord::kSame : cs::TwinWord::kDifferent);
        break;
      case 7:
        if (random() % 4 == 0) REQUIRE(desk.records.void_record(any(), "记错了").ok());
        break;
      default:
        desk.put("material", book, {{"name", "学习资料" + std::to_string(step)}});
    }
    if (random() % 3 != 0) (void)desk.records.read_twins(1 + random() % 4);
    if (step % 50 == 49) REQUIRE(desk.impl->rebuild().ok());
    // Whom a visit is for stands as it was read until its keys are made anew.
    const bool is_read = !*desk.records.read_twins(0);
    const auto now = pairs_now(desk);
    most = std::max(most, now.size());
    if (!is_read) continue;
    ++compared;
    CHECK(join(now, "\n") == join(pairs_anew(desk), "\n"));
  }
  CHECK(most > 3);
  CHECK(compared > 30);
  read_all(desk);
  const auto last = pairs_now(desk);  // first: one asks what was touched
  CHECK(join(last, "\n") == join(pairs_anew(desk), "\n"));
}

}  // namespace
