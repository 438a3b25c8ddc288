#pragma once
// Buttons carry their key. Options of a form are chosen by digit.
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/ui.hpp"
#include "client/view/part_view.hpp"

namespace lianxin::client::ui {

enum class ButtonKind : std::uint8_t {
  kPlain,
  kMain,  ///< the one main action
  kLink,  ///< text only, underlined
};

struct ButtonLook {
  ButtonKind kind = ButtonKind::kPlain;
  ImGuiKeyChord key = 0;  ///< presses it from anywhere on the page; written on it
  bool enabled = true;
  std::string tip = {};  ///< also: why it is disabled
  float width = 0;       ///< pixels; 0 = as wide as its text
};

/// True when pressed, by mouse, Enter or Space on it, or its key. `id` is the stable name for tests:
/// "visit.save"; in lists with the record id: "members.row:0190...".
[[nodiscard]] bool button(Ui& ui, std::string_view id, const std::string& label, const ButtonLook& look = {});
/// Width a button will take, for rows that must fit.
[[nodiscard]] float button_width(const Ui& ui, const std::string& label, ImGuiKeyChord key = 0);
/// The next button stands in the same line if it fits, else below.
void beside(Ui& ui, float next_width);

/// Options of which one is chosen (the code; empty = none yet). Digits 1-9 and 0 choose when a row option has
/// the focus, arrows move, one Tab stop for the whole row. True when the choice changed. A second press of
/// the chosen one gives it up when `may_be_none`.
[[nodiscard]] bool choice_row(Ui& ui, std::string_view id, const view::Choices& choices, std::string& code,
                              bool may_be_none = false);
/// Options of which several may be chosen.
[[nodiscard]] bool choice_set(Ui& ui, std::string_view id, const view::Choices& choices,
                              std::vector<std::string>& codes);

/// The square with a check in it. True when it changed.
[[nodiscard]] bool check_box(Ui& ui, std::string_view id, const std::string& label, bool& on);

/// An area that can be pressed and focused, without a picture of its own: what all of the above are made of.
struct PressArea {
  bool pressed = false;
  bool hovered = false;
  bool held = false;
  bool focused = false;   ///< and keys were used last
  bool disabled = false;  ///< inside a DisabledScope
  ImVec2 min;
  ImVec2 max;
};
[[nodiscard]] PressArea press_area(std::string_view id, const std::string& label, ImVec2 size);

}  // namespace lianxin::client::ui
