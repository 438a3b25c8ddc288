#pragma once
// Figures that must agree with each other or with what lies below them, checked before they are handed in
// (domain.md 3, end). Definitions are data: assets/figures/checks.sql; words are texts
// "figures.check.<name>".
#include <string>
#include <vector>

#include "client/figures/figures.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::figures {

struct Check {
  std::string name;
  int row = 0;
  std::int64_t number = 0;           ///< of the figure
  std::int64_t against = 0;          ///< what it must not exceed, or must be
  std::vector<std::string> records;  ///< ids of those that do not fit
  bool holds = true;
};

/// All of them, in the order of domain.md. Of one ledger; its thread.
[[nodiscard]] Result<std::vector<Check>> checks(Ledger& ledger);
/// A sentence for each that does not hold.
[[nodiscard]] std::vector<std::string> failed_checks(const std::vector<Check>& all, const Messages& messages);

}  // namespace lianxin::client::figures
