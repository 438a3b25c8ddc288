#pragma once
// One value with who said it, when and how it is known: a column of the conflict desk.
#include <string>
#include <string_view>

#include "client/ui/ui.hpp"
#include "client/view/conflict_desk_view.hpp"

namespace lianxin::client::ui {

enum class SaidKind : std::uint8_t { kBefore, kMine, kOther };

struct SaidLook {
  SaidKind kind = SaidKind::kOther;
  float width = 0;
  float height = 0;  ///< pixels, all columns alike
  std::string take;  ///< label of the button; empty = none
  ImGuiKeyChord key = 0;
};

/// Pixels this card needs at `width`.
[[nodiscard]] float said_height(Ui& ui, const view::SaidValue& said, const SaidLook& look);
/// True when it was taken.
[[nodiscard]] bool said_card(Ui& ui, std::string_view id, const view::SaidValue& said, const SaidLook& look);

}  // namespace lianxin::client::ui
