#include "client/ui/button.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "client/ui/words.hpp"
#include "imgui_internal.h"

namespace lianxin::client::ui {
namespace {

constexpr float kKeyGap = 6;
constexpr float kPadding = 18;
constexpr float kLeastWidth = 80;

struct Paint {
  ImU32 fill;
  ImU32 edge;
  ImU32 text;
  ImU32 key;
};

Paint paint_of(const Ui& ui, ButtonKind kind, const PressArea& area) {
  const Palette& c = ui.colour();
  if (area.disabled) return {c.badge, c.line, c.quiet, c.quiet};
  if (kind == ButtonKind::kMain) {
    const ImU32 fill = area.held || area.hovered ? c.main_held : c.main;
    return {fill, fill, c.main_text, c.main_text};
  }
  const ImU32 fill = area.held || area.hovered ? c.hover : c.card;
  return {fill, c.edge, c.text, c.quiet};
}

void draw_box(const Ui& ui, ImVec2 min, ImVec2 max, ImU32 fill, ImU32 edge, float border) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float rounding = ui.px(4);
  list->AddRectFilled(min, max, fill, rounding);
  if (edge != fill) list->AddRect(min, max, edge, rounding, 0, border);
}

float middle_y(const Ui& ui, const PressArea& area, TextStyle style) {
  return (area.min.y + area.max.y - text_size(ui, "0", style).y) / 2;
}

void draw_label(Ui& ui, const PressArea& area, const std::string& label, ImGuiKeyChord key,
                const Paint& paint) {
  const std::string name = key != 0 ? Ui::key_name(key) : std::string();
  const float label_width = text_size(ui, label).x;
  const float key_width = name.empty() ? 0 : text_size(ui, name, TextStyle::kSmall).x + ui.px(kKeyGap);
  float x = (area.min.x + area.max.x - label_width - key_width) / 2;
  draw_text(ui, {x, middle_y(ui, area, TextStyle::kNormal)}, label, {TextStyle::kNormal, paint.text});
  if (name.empty()) return;
  x += label_width + ui.px(kKeyGap);
  draw_text(ui, {x, middle_y(ui, area, TextStyle::kSmall) + ui.px(1)}, name, {TextStyle::kSmall, paint.key});
}

/// Of the button drawn last: false where Enter is its key and another button has the focus.
bool take_enter(Ui& ui, ImGuiKeyChord key) {
  const ImGuiID id = ImGui::GetItemID();
  if (ImGui::IsItemFocused()) ui.button_focused(id);
  return key != ImGuiKey_Enter || !ui.is_on_other_button(id);
}

bool link(Ui& ui, std::string_view id, const std::string& label, const ButtonLook& look) {
  const ImVec2 size = text_size(ui, label);
  const PressArea area = press_area(id, label, size);
  const ImU32 live = area.hovered ? ui.colour().main : ui.colour().focus;
  const ImU32 colour = area.disabled ? ui.colour().quiet : live;
  draw_text(ui, area.min, label, {TextStyle::kNormal, colour});
  ImGui::GetWindowDrawList()->AddLine({area.min.x, area.max.y - ui.px(3)},
                                      {area.max.x, area.max.y - ui.px(3)}, colour);
  (void)take_enter(ui, 0);
  tip(ui, look.tip);
  return area.pressed;
}

/// -1 or the option whose digit goes down in this frame.
int digit_pressed(std::size_t count) {
  if (ImGui::GetIO().WantTextInput || ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeyAlt) return -1;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 10); ++i) {
    const int digit = static_cast<int>((i + 1) % 10);
    if (ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_0 + digit), false) ||
        ImGui::IsKeyPressed(static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit), false)) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

/// Room for the words of option `index` at the beginning of a line.
float option_room(const Ui& ui, std::size_t index) {
  const float digit = index < 10 ? text_size(ui, "0", TextStyle::kSmall).x + ui.px(6) : 0;
  return ImGui::GetContentRegionAvail().x - digit - ui.px(24);
}

struct OptionResult {
  bool pressed;
  bool focused;
};

OptionResult option(Ui& ui, const std::string& id, const std::string& label, std::size_t index, bool chosen) {
  const std::string digit = index < 10 ? std::to_string((index + 1) % 10) : std::string();
  const float digit_width = digit.empty() ? 0 : text_size(ui, digit, TextStyle::kSmall).x + ui.px(6);
  const float whole = text_size(ui, label).x + digit_width + ui.px(24);
  if (index > 0) beside(ui, whole);
  // Wider than the card: cut, the whole in a tip.
  const float width = std::min(whole, ImGui::GetContentRegionAvail().x);
  const std::string words =
      whole > width ? fitted(ui, label, option_room(ui, index), TextStyle::kNormal) : label;
  const PressArea area = press_area(id, label, {width, ui.control_height()});
  const Palette& c = ui.colour();
  const ImU32 fill = chosen ? c.chosen : (area.hovered ? c.hover : c.card);
  draw_box(ui, area.min, area.max, fill, chosen ? c.focus : c.edge, chosen ? ui.px(1.5F) : ui.theme().border);
  const ImU32 ink = chosen ? c.chosen_text : (area.disabled ? c.quiet : c.text);
  float x = area.min.x + ui.px(12);
  if (!digit.empty()) {
    draw_text(ui, {x, middle_y(ui, area, TextStyle::kSmall) + ui.px(1)}, digit,
              {TextStyle::kSmall, chosen ? c.chosen_text : c.quiet});
    x += digit_width;
  }
  draw_text(ui, {x, middle_y(ui, area, TextStyle::kNormal)}, words, {TextStyle::kNormal, ink});
  if (whole > width) tip(ui, label);
  return {area.pressed, ImGui::IsItemFocused()};
}

/// A page has asked that what it draws next takes the focus.
bool is_focus_asked() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.NavMoveScoringItems && (context.NavMoveFlags & ImGuiNavMoveFlags_FocusApi) != 0 &&
         context.NavTabbingCounter == 1;
}

/// Draws the options; the index that was chosen in this frame, or -1.
int options(Ui& ui, std::string_view id, const view::Choices& choices,
            const std::function<bool(const std::string&)>& is_chosen) {
  const auto first = std::find_if(choices.begin(), choices.end(),
                                  [&](const view::Choice& choice) { return is_chosen(choice.code); });
  std::size_t stop = first == choices.end() ? 0 : static_cast<std::size_t>(first - choices.begin());
  // While one of them has the focus, Tab leaves the row from there and does not go to the chosen one first.
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string label = "###" + std::string(id) + ":" + choices[i].code;
    if (ImGui::GetID(label.c_str()) == ImGui::GetFocusID()) stop = i;
  }
  int pressed = -1;
  bool focused = false;
  const bool is_asked = is_focus_asked();  // and then goes to the chosen one
  const GroupScope group;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), ui.px(8)});
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const NoTabScope no_tab(i != stop);
    const NoFocusScope no_focus(is_asked && i != stop);
    const std::string key = std::string(id) + ":" + choices[i].code;
    const OptionResult result = option(ui, key, choices[i].label, i, is_chosen(choices[i].code));
    if (result.pressed) pressed = static_cast<int>(i);
    focused = focused || result.focused;
  }
  ImGui::PopStyleVar();
  if (focused && pressed < 0) pressed = digit_pressed(choices.size());
  return pressed;
}

}  // namespace

PressArea press_area(std::string_view id, const std::string& label, ImVec2 size) {
  const std::string full = label + "###" + std::string(id);
#if IMGUI_VERSION_NUM >= 19110
  constexpr ImGuiButtonFlags kFlags = ImGuiButtonFlags_EnableNav;
#else
  constexpr ImGuiButtonFlags kFlags = 0;
#endif
  PressArea area;
  const bool is_pressed =
      ImGui::InvisibleButton(full.c_str(), {std::max(1.0F, size.x), std::max(1.0F, size.y)}, kFlags);
  // Ctrl+Enter is a key of the page: what happens to have the focus must not do its own thing as well.
  area.pressed = is_pressed && !ImGui::GetIO().KeyCtrl;
  area.hovered = ImGui::IsItemHovered();
  area.held = ImGui::IsItemActive();
  area.focused = Ui::keyboard_used() && ImGui::IsItemFocused();
  area.disabled = (ImGui::GetItemFlags() & ImGuiItemFlags_Disabled) != 0;
  area.min = ImGui::GetItemRectMin();
  area.max = ImGui::GetItemRectMax();
  return area;
}

float button_width(const Ui& ui, const std::string& label, ImGuiKeyChord key) {
  float width = text_size(ui, label).x + 2 * ui.px(kPadding);
  if (key != 0) width += text_size(ui, Ui::key_name(key), TextStyle::kSmall).x + ui.px(kKeyGap);
  return std::ceil(width);
}

void beside(Ui& ui, float next_width) {
  ImGui::SameLine(0, ui.px(8));
  if (ImGui::GetContentRegionAvail().x < next_width) ImGui::NewLine();
}

bool button(Ui& ui, std::string_view id, const std::string& label, const ButtonLook& look) {
  const DisabledScope disabled(!look.enabled);
  if (look.kind == ButtonKind::kLink) return link(ui, id, label, look);
  const float whole = button_width(ui, label, look.key);
  // Wider than the card: cut, the whole in a tip; its key stays.
  const float room = std::max(ImGui::GetContentRegionAvail().x + 1, ui.px(kLeastWidth));
  const float wanted = look.width > 0 ? look.width : whole;
  const float width = std::min(wanted, room);
  const PressArea area = press_area(id, label, {width, ui.control_height()});
  const Paint paint = paint_of(ui, look.kind, area);
  draw_box(ui, area.min, area.max, paint.fill, paint.edge, ui.theme().border);
  const float words = width - (whole - text_size(ui, label).x);
  const std::string shown = wanted > room ? fitted(ui, label, words, TextStyle::kNormal) : label;
  draw_label(ui, area, shown, look.key, paint);
  const bool is_free = take_enter(ui, look.key);
  tip(ui, look.tip.empty() && shown != label ? label : look.tip);
  const bool by_key = look.key != 0 && look.enabled && is_free && ui.pressed(look.key, label);
  return area.pressed || by_key;
}

bool choice_row(Ui& ui, std::string_view id, const view::Choices& choices, std::string& code,
                bool may_be_none) {
  const int pressed = options(ui, id, choices, [&](const std::string& one) { return one == code; });
  if (pressed < 0) return false;
  const std::string& chosen = choices[static_cast<std::size_t>(pressed)].code;
  if (chosen == code && !may_be_none) return false;
  code = chosen == code ? std::string() : chosen;
  return true;
}

bool choice_set(Ui& ui, std::string_view id, const view::Choices& choices, std::vector<std::string>& codes) {
  const auto has = [&](const std::string& one) {
    return std::find(codes.begin(), codes.end(), one) != codes.end();
  };
  const int pressed = options(ui, id, choices, has);
  if (pressed < 0) return false;
  const std::string& code = choices[static_cast<std::size_t>(pressed)].code;
  if (has(code)) {
    codes.erase(std::remove(codes.begin(), codes.end(), code), codes.end());
  } else {
    codes.push_back(code);
  }
  return true;
}

bool check_box(Ui& ui, std::string_view id, const std::string& label, bool& on) {
  const float side = ui.px(20);
  const PressArea area =
      press_area(id, label, {side + ui.px(8) + text_size(ui, label).x, ui.control_height()});
  const ImVec2 box{area.min.x, std::floor((area.min.y + area.max.y - side) / 2)};
  const Palette& c = ui.colour();
  draw_box(ui, box, {box.x + side, box.y + side}, on ? c.focus : c.card, on ? c.focus : c.edge,
           ui.theme().border);
  if (on)
    draw_mark({box.x + side * 0.18F, box.y + side * 0.18F}, side * 0.64F, view::Mark::kSettled, c.card, 0);
  draw_text(ui, {box.x + side + ui.px(8), middle_y(ui, area, TextStyle::kNormal)}, label,
            {TextStyle::kNormal, area.disabled ? c.quiet : c.text});
  if (area.pressed) {
    on = !on;
    return true;
  }
  return false;
}

}  // namespace lianxin::client::ui
