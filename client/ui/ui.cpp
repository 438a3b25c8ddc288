#include "client/ui/ui.hpp"

#include <algorithm>
#include <utility>

#include "imgui_internal.h"

namespace lianxin::client::ui {
namespace {

bool is_plain(ImGuiKeyChord chord) {
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  const bool function = (key >= ImGuiKey_F1 && key <= ImGuiKey_F24) || key == ImGuiKey_Escape;
  return (chord & (ImGuiMod_Ctrl | ImGuiMod_Alt)) == 0 && !function;
}

bool behind_dialog() {
  ImGuiWindow* modal = ImGui::GetTopMostPopupModal();
  if (modal == nullptr) return false;
  return !ImGui::IsWindowWithinBeginStackOf(ImGui::GetCurrentWindow(), modal);
}

/// The key of the number pad that means the same, or the key itself.
ImGuiKeyChord on_pad(ImGuiKeyChord chord) {
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  const int mods = chord & ImGuiMod_Mask_;
  if (key >= ImGuiKey_0 && key <= ImGuiKey_9) return mods | (ImGuiKey_Keypad0 + (key - ImGuiKey_0));
  if (key == ImGuiKey_Enter) return mods | ImGuiKey_KeypadEnter;
  return chord;
}

/// Alt pressed and let go would take the focus to a menu bar that there is none of, and does so when the key
/// of a page comes in the same frame as Alt. The library leaves it alone while Alt has an owner.
void own_alt() {
  constexpr ImGuiID kOwner = 1;
  for (const ImGuiKey key : {ImGuiKey_LeftAlt, ImGuiKey_RightAlt, ImGuiKey(ImGuiMod_Alt)})
    ImGui::SetKeyOwner(key, kOwner);
}

}  // namespace

void Ui::begin_frame(const Messages& messages) {
  own_alt();
  messages_ = &messages;
  pictures_->begin_frame();
  row_focus_.begin_frame();
  last_button_ = std::exchange(button_, 0);
  last_hints_ = std::move(hints_);
  hints_.clear();
  taken_.clear();
  next_wake_ = -1;
}

void Ui::set_theme(const Theme& theme) {
  theme_ = theme;
  apply_theme(theme_);
}

bool Ui::pressed(ImGuiKeyChord chord) { return !behind_dialog() && pressed_anywhere(chord); }

bool Ui::pressed_anywhere(ImGuiKeyChord chord) {
  if (is_plain(chord) && ImGui::GetIO().WantTextInput) return false;
  if (!ImGui::IsKeyChordPressed(chord) && !ImGui::IsKeyChordPressed(on_pad(chord))) return false;
  if (std::find(taken_.begin(), taken_.end(), chord) != taken_.end()) return false;
  taken_.push_back(chord);
  return true;
}

bool Ui::pressed(ImGuiKeyChord chord, const std::string& what) {
  hint(chord, what);
  return pressed(chord);
}

bool Ui::took_chord() const {
  return std::any_of(taken_.begin(), taken_.end(),
                     [](ImGuiKeyChord chord) { return (chord & (ImGuiMod_Ctrl | ImGuiMod_Alt)) != 0; });
}

void Ui::hint(ImGuiKeyChord chord, const std::string& what) {
  if (behind_dialog()) return;
  const auto same = [&](const KeyHint& hint) { return hint.chord == chord; };
  if (std::none_of(hints_.begin(), hints_.end(), same)) hints_.push_back({chord, what});
}

std::string Ui::key_name(ImGuiKeyChord chord) {
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  std::string name;
  if ((chord & ImGuiMod_Ctrl) != 0) name += "Ctrl+";
  if ((chord & ImGuiMod_Alt) != 0) name += "Alt+";
  if ((chord & ImGuiMod_Shift) != 0) name += "Shift+";
  if (key == ImGuiKey_Escape) return name + "Esc";
  return name + ImGui::GetKeyName(key);
}

bool Ui::is_on_other_button(ImGuiID id) const {
  return last_button_ != 0 && last_button_ != id && last_button_ == ImGui::GetFocusID();
}

void Ui::focus_next() {
  // The old holder of the focus, drawn later in another child window, would call the request off.
  ImGui::GetCurrentContext()->NavId = 0;
  ImGui::SetKeyboardFocusHere();
  // No further than it must be seen: in a new page the library would put it in the middle, and what stands
  // above it out of sight.
  ImGui::GetCurrentContext()->NavMoveScrollFlags =
      ImGuiScrollFlags_KeepVisibleEdgeX | ImGuiScrollFlags_KeepVisibleEdgeY;
  // Enter works only on what shows that it has the focus.
#if IMGUI_VERSION_NUM >= 19140
  ImGui::SetNavCursorVisible(true);
#else
  ImGui::GetCurrentContext()->NavDisableHighlight = false;
#endif
}

void Ui::focus_next(bool& wanted) {
  if (!wanted || ImGui::GetCurrentWindow()->SkipItems) return;
  focus_next();
  wanted = false;
}

void Ui::wake_in(double seconds) {
  if (next_wake_ < 0 || seconds < next_wake_) next_wake_ = std::max(0.0, seconds);
}

bool Ui::keyboard_used() {
#if IMGUI_VERSION_NUM >= 19140
  return ImGui::GetCurrentContext()->NavCursorVisible;
#else
  return !ImGui::GetCurrentContext()->NavDisableHighlight;
#endif
}

void hide_nav_ring() {
#if IMGUI_VERSION_NUM >= 19110
  ImGui::PushStyleColor(ImGuiCol_NavCursor, 0);
#else
  ImGui::PushStyleColor(ImGuiCol_NavHighlight, 0);
#endif
}

NoTabScope::NoTabScope(bool no_tab) {
#if IMGUI_VERSION_NUM >= 19110
  ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, no_tab);
#else
  ImGui::PushTabStop(!no_tab);
#endif
}

NoTabScope::~NoTabScope() {
#if IMGUI_VERSION_NUM >= 19110
  ImGui::PopItemFlag();
#else
  ImGui::PopTabStop();
#endif
}

NoFocusScope::NoFocusScope(bool no_focus) { ImGui::PushItemFlag(ImGuiItemFlags_NoNav, no_focus); }

NoFocusScope::~NoFocusScope() { ImGui::PopItemFlag(); }

}  // namespace lianxin::client::ui
