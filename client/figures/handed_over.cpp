#include "client/figures/handed_over.hpp"

#include <algorithm>
#include <set>

#include "client/store/moved_on.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::figures {

Result<std::size_t> handed_over_since(lianxin::store::Database& database, Ledger& ledger, const Date& from) {
  LX_TRY(const auto moved, store::moved_on_since(database, from));
  if (moved.empty()) return std::size_t{0};
  std::set<std::string> units;
  auto select = ledger.prepare("SELECT id FROM scope_unit");
  LX_DO(lianxin::store::each_row(select, [&] { units.insert(select.text(0)); }));
  return static_cast<std::size_t>(std::count_if(
      moved.begin(), moved.end(), [&](const auto& one) { return units.count(one.scope.text()) > 0; }));
}

std::string handed_over_words(std::size_t count, const Date& from, const Messages& messages) {
  if (count == 0) return "";
  return messages.get("figures.handed_over", {{"from", from.text()}, {"count", std::to_string(count)}});
}

}  // namespace lianxin::client::figures
