#pragma once
// Records that may be one and count as two until a person decides (domain.md 5.1): numbers and tables say so.
#include <string>
#include <vector>

#include "client/figures/figures.hpp"
#include "client/store/records.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::figures {

struct Undecided {
  std::string kind;  ///< "member", "visit", "delivery"
  Id one;
  Id other;
  Id scope;  ///< of the one
  Id other_scope;
  std::string names;   ///< "赵连心 (三合村) / 赵联心 (大井村)", "赵连心 2026-09-03"
  std::string begins;  ///< first and last day of either; "" = has none, as people do
  std::string ends;
};

/// Of which at least one is in this unit or below it; nil = all on this laptop. Of what was read
/// (Records::read_twins), at most 1,000.
[[nodiscard]] Result<std::vector<Undecided>> undecided(store::Records& records,
                                                       lianxin::store::Database& database, const Id& unit);
/// Whether a period from the first to the last day counts one of them; what has no day is counted in each.
[[nodiscard]] bool is_in_period(const Undecided& pair, const Date& first, const Date& last);
/// Those that one of the figure's records is in.
[[nodiscard]] std::vector<Undecided> undecided_in(const Figure& figure, const std::vector<Undecided>& all);
/// "含 2 组疑似重复，待核：…", with the first of them; "" = none.
[[nodiscard]] std::string undecided_words(const std::vector<Undecided>& some, const Messages& messages);

}  // namespace lianxin::client::figures
