#pragma once
// A duty in words, for the window and the command line. Store thread.
#include <string>
#include <vector>

#include "client/view/due.hpp"
#include "client/view/part_view.hpp"
#include "client/view/wording.hpp"

namespace lianxin::client::view {

/// "3 天未接通，最近 10月9日": why it is due.
[[nodiscard]] std::string why_in_words(const Wording& wording, const Duty& duty, const DueRules& rules);
/// "逾期 13 天", "今天", "11月30日", "—".
[[nodiscard]] Words due_in_words(const Wording& wording, const Duty& duty, const Date& today);
/// Adds what a person must decide: so many conflicts, and pairs that may be one.
void add_decisions(std::size_t conflicts, std::size_t twins, const DueRules& rules,
                   std::vector<Duty>& duties);

}  // namespace lianxin::client::view
