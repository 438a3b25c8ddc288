#include "client/ui/help.hpp"

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kKeyWidth = 150;
constexpr float kWhatWidth = 250;
/// Stands under what holds everywhere.
constexpr ImGuiKeyChord kNewVisit = ImGuiMod_Ctrl | ImGuiKey_N;

void key_line(Ui& ui, const std::string& key, const std::string& what) {
  const float start = ImGui::GetCursorPosX();
  text(ui, key, {TextStyle::kStrong});
  ImGui::SameLine(0, 0);
  ImGui::SetCursorPosX(start + ui.px(kKeyWidth));
  cut_text(ui, what, ui.px(kWhatWidth));
}

void everywhere(Ui& ui) {
  text(ui, ui.text("help.everywhere"), {TextStyle::kNormal, ui.colour().quiet});
  key_line(ui, "Tab / Shift+Tab", ui.text("help.move"));
  key_line(ui, ui.text("help.key.rows"), ui.text("help.rows"));
  key_line(ui, ui.text("help.key.digits"), ui.text("help.choose"));
  key_line(ui, ui.text("help.key.pages"), ui.text("help.pages"));
  key_line(ui, ui.text("help.key.page_step"), ui.text("help.page_step"));
  key_line(ui, Ui::key_name(ImGuiMod_Ctrl | ImGuiKey_F), ui.text("help.search"));
  key_line(ui, Ui::key_name(kNewVisit), ui.text("help.new_visit"));
  key_line(ui, Ui::key_name(ImGuiMod_Ctrl | ImGuiKey_Enter), ui.text("help.save"));
  key_line(ui, Ui::key_name(ImGuiKey_Escape), ui.text("help.escape"));
  key_line(ui, Ui::key_name(ImGuiMod_Ctrl | ImGuiKey_Z), ui.text("help.undo"));
  key_line(ui, Ui::key_name(ImGuiKey_F9), ui.text("shell.blank"));
  key_line(ui, Ui::key_name(ImGuiMod_Ctrl | ImGuiKey_L), ui.text("shell.lock"));
}

/// The page's on the left, those of every page on the right.
void all_keys(Ui& ui, const HelpState& state) {
  {
    const GroupScope group;
    text(ui, ui.text("help.this_page"), {TextStyle::kNormal, ui.colour().quiet});
    for (const KeyHint& hint : state.page) {
      if (hint.chord != kNewVisit) key_line(ui, Ui::key_name(hint.chord), hint.what);
    }
    ImGui::Dummy({ui.px(kKeyWidth + kWhatWidth), 1});
  }
  ImGui::SameLine(0, ui.px(32));
  const GroupScope group;
  everywhere(ui);
}

}  // namespace

void open_help(const Ui& ui, HelpState& state) {
  state.open = true;
  state.page = ui.hints();
}

void draw_help(Ui& ui, HelpState& state) {
  if (!state.open) return;
  const Dialog dialog(ui, "help", ui.text("help.title"), state.open, 2 * (kKeyWidth + kWhatWidth) + 72);
  if (!dialog) return;
  rows_in_dialog(ui, "help.keys", 64, 330, [&] { all_keys(ui, state); });
  gap(ui, 16);
  paragraph(ui, ui.text("help.nothing_lost"), {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
  const bool close = button(ui, "help.close", ui.text("ui.close"), {ButtonKind::kPlain, ImGuiKey_F1});
  if (close) {
    state.open = false;
    ImGui::CloseCurrentPopup();
  }
}

}  // namespace lianxin::client::ui
