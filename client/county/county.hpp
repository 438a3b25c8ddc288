#pragma once
// The demonstration county: a believable year of records over the divisions a laptop holds, made through the
// ordinary saving path (domain.md 3, 5). The same seed makes the same records.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "client/store/records.hpp"
#include "shared/base/date.hpp"

namespace lianxin::client::county {

struct CountyOptions {
  std::uint64_t seed = 1;
  Date as_of{2026, 9, 30};  ///< last day of the records; March or later, the first day is 1 January
  int share = 100;          ///< percent of villages, members and facts, 1..100
};

struct CountyMade {
  std::size_t villages = 0;
  std::size_t townships = 0;
  std::size_t entries = 0;           ///< records made and later entries about them
  std::vector<std::string> missing;  ///< codes of townships of the list that have no village here
};

/// Fills an empty store. Errors: "demo.not_empty" (there are members already: nothing is mixed in),
/// "demo.share", "demo.as_of" {first}, "demo.no_county" (the laptop does not hold the county's own unit),
/// "demo.no_villages", "demo.refused" {kind, field, code}, those of Records::save; after one of the last two
/// the store is half made. `progress`: entries saved, all.
[[nodiscard]] Result<CountyMade> make_county(store::Records& records, const CountyOptions& options,
                                             const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace lianxin::client::county
