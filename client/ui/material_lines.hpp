#pragma once
// What is handed over, taken out of the bag by digit.
#include <string_view>
#include <vector>

#include "client/ui/ui.hpp"
#include "client/view/visit_form_view.hpp"

namespace lianxin::client::ui {

/// The bag as options with what is left of each, then one line per chosen material with its count. More than
/// the bag holds is said, never refused. True when `lines` changed.
[[nodiscard]] bool material_lines(Ui& ui, std::string_view id, const std::vector<view::StockLine>& bag,
                                  std::vector<view::HandedDraft>& lines);

}  // namespace lianxin::client::ui
