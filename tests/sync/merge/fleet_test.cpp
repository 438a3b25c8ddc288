// Server and laptops end equal, whatever the way the changes took (P4, sync.md 3.10, 12).
#include "tests/sync/merge/fleet.hpp"

#include <doctest/doctest.h>

using namespace lianxin;
using namespace lianxin::test;

namespace {

/// Some life shows that the rule is left out.
bool is_noticed(Mutant mutant) {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    if (!broken_law(seed, mutant).empty()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Laptops that have synced hold the server's bytes, and the server's heads are the definition's") {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    const std::string broken = broken_law(seed, Mutant::kNone);
    REQUIRE_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
  }
}

TEST_CASE("The fleet notices a rule left out") {
  CHECK(is_noticed(Mutant::kOverlayIsKept));
  CHECK(is_noticed(Mutant::kStickIgnoresFeed));
  CHECK(is_noticed(Mutant::kBaseForgetsGhosts));
  CHECK(is_noticed(Mutant::kOverlayKnowsAll));
  CHECK(is_noticed(Mutant::kCursorIgnored));
  CHECK(is_noticed(Mutant::kInertUnread));
}

TEST_CASE("A laptop that has a peer's later change before the earlier one waits, and is right in the end") {
  Laptop anna{0xA, {0, 1}, Mutant::kNone};
  Laptop forgetful{0xB, {0, 1}, Mutant::kOverlayKnowsAll};
  Laptop careful{0xC, {0, 1}, Mutant::kNone};
  std::mt19937_64 random(1);
  const Id record = record_at(0);
  while (anna.stick().size() < 4)
    anna.edit(record, random);
  const std::vector<Shared> stick = anna.stick();
  for (Laptop* reader : {&forgetful, &careful}) {
    for (std::size_t i = stick.size(); i-- > 0;)
      reader->import({stick[i]}, false, random);
  }
  CHECK(heads_in(careful.shown(record)) == heads_in(anna.shown(record)));
  CHECK(heads_in(forgetful.shown(record)) != heads_in(anna.shown(record)));
}
