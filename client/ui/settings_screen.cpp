#include "client/ui/settings_screen.hpp"

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/unlock_screen.hpp"
#include "client/ui/words.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::ui {
namespace {

void wipe_all(SettingsState& state) {
  wipe(state.old_passphrase);
  wipe(state.next_passphrase);
  wipe(state.again);
}

view::Choices numbers(const Ui& ui, std::initializer_list<std::uint32_t> list, const char* key) {
  view::Choices choices;
  for (const std::uint32_t number : list)
    choices.push_back({std::to_string(number), ui.text(key, {{"count", std::to_string(number)}})});
  return choices;
}

void look_card(Ui& ui, const view::SettingsView& view, float width, app::CommandQueue& commands) {
  const Card card(ui, "settings.look", width);
  heading(ui, ui.text("settings.look"));
  gap(ui, 8);
  {
    const FormRow row(ui, ui.text("settings.language"));
    std::string language = view.language;
    const view::Choices languages = {{"zh-CN", ui.text("settings.language.zh")},
                                     {"en", ui.text("settings.language.en")}};
    if (choice_row(ui, "settings.language", languages, language)) commands.push(app::SetLanguage{language});
  }
  {
    const FormRow row(ui, ui.text("settings.text_size"));
    std::string percent = std::to_string(view.text_percent);
    if (choice_row(ui, "settings.text", numbers(ui, {100, 112, 125, 150}, "settings.percent"), percent))
      commands.push(app::SetTextSize{static_cast<std::uint32_t>(std::stoul(percent))});
  }
  {
    const FormRow row(ui, ui.text("settings.contrast"));
    std::string contrast = view.contrast == view::Contrast::kHigh ? "high" : "light";
    const view::Choices contrasts = {{"light", ui.text("settings.contrast.light")},
                                     {"high", ui.text("settings.contrast.high")}};
    if (choice_row(ui, "settings.contrast", contrasts, contrast))
      commands.push(app::SetContrast{contrast == "high" ? view::Contrast::kHigh : view::Contrast::kLight});
  }
  const FormRow row(ui, ui.text("settings.idle"));
  std::string minutes = std::to_string(view.idle_lock_minutes);
  view::Choices choices = numbers(ui, {3, 5, 10, 15, 30}, "settings.minutes");
  choices.push_back({"0", ui.text("settings.never")});
  if (choice_row(ui, "settings.idle", choices, minutes))
    commands.push(app::SetIdleLock{static_cast<std::uint32_t>(std::stoul(minutes))});
}

void send_passphrase(const Ui& ui, const view::SettingsView& view, SettingsState& state,
                     app::CommandQueue& commands) {
  const std::string least = std::to_string(view.passphrase_letters_min);
  state.problem.clear();
  if (state.old_passphrase.empty())
    state.problem = ui.text("settings.old_missing");
  else if (code_points(state.next_passphrase) < view.passphrase_letters_min)
    state.problem = ui.text("enrol.too_short", {{"min", least}});
  else if (state.next_passphrase != state.again)
    state.problem = ui.text("enrol.not_equal");
  if (state.problem.empty())
    commands.push(app::ChangePassphrase{state.old_passphrase, state.next_passphrase});
}

void passphrase_card(Ui& ui, const view::SettingsView& view, SettingsState& state, float width,
                     app::CommandQueue& commands) {
  if (state.answered != view.passphrase_answered) {
    state.answered = view.passphrase_answered;
    wipe_all(state);
    state.problem.clear();
  }
  gap(ui, 16);
  const Card card(ui, "settings.passphrase", width);
  heading(ui, ui.text("settings.passphrase"));
  gap(ui, 8);
  const auto secret = [&](const char* name, std::string& value) {
    FieldLook look;
    look.label = ui.text("settings.passphrase." + std::string(name));
    look.problem = problem_of(view.passphrase_problems, name);
    look.width = ui.px(320);
    look.secret = true;
    look.enabled = !view.changing_passphrase;
    look.bytes_max = 400;
    text_field(ui, "settings.passphrase." + std::string(name), value, look);
  };
  secret("old", state.old_passphrase);
  secret("next", state.next_passphrase);
  secret("again", state.again);
  problem_line(ui, state.problem);
  problem_line(ui, problem_of(view.passphrase_problems, ""));
  paragraph(ui, ui.text("settings.passphrase_note"), {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
  const bool idle = !view.changing_passphrase;
  const std::string label = ui.text(idle ? "settings.passphrase_change" : "settings.passphrase_working");
  if (button(ui, "settings.passphrase.change", label, {.enabled = idle}))
    send_passphrase(ui, view, state, commands);
}

void copy_card(Ui& ui, const view::SettingsView& view, SettingsState& state, float width,
               app::CommandQueue& commands) {
  const Card card(ui, "settings.copy", width);
  heading(ui, ui.text("settings.copy"));
  paragraph(ui, ui.text("settings.copy_note"), {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 4);
  const bool some = !view.second_copy_folder.empty();
  if (some) cut_text(ui, view.second_copy_folder, ImGui::GetContentRegionAvail().x);
  if (!view.second_copy_state.text.empty()) words_paragraph(ui, view.second_copy_state, TextStyle::kSmall);
  for (const view::Problem& problem : view.second_copy_problems)
    problem_line(ui, problem.sentence);
  gap(ui, 8);
  const std::string choose = ui.text(some ? "settings.copy_other" : "settings.copy_choose");
  if (button(ui, "settings.copy.choose", choose)) state.second_copy.open = true;
  const std::string off = ui.text("settings.copy_off");
  if (some) beside(ui, button_width(ui, off));
  if (some && button(ui, "settings.copy.off", off)) state.copy_off_open = true;
  const std::string folder = file_dialog(ui, "settings.copy.folder", ui.text("settings.copy_where"),
                                         view.folder, ChooserPicks::kFolder, state.second_copy, commands);
  if (!folder.empty()) commands.push(app::SetSecondCopy{folder});
  const Answer answer =
      confirm(ui, "settings.copy.confirm", state.copy_off_open, ui.text("settings.copy_off_title"),
              ui.text("settings.copy_off_consequence"), ui.text("settings.copy_off_yes"));
  if (answer == Answer::kYes) commands.push(app::SetSecondCopy{});
}

}  // namespace

void draw_settings(Ui& ui, const view::SettingsView& view, SettingsState& state,
                   app::CommandQueue& commands) {
  if (view.state.readiness != view::Readiness::kReady) {
    const Card card(ui, "settings.look");
    (void)list_ready(ui, view.state, true, {});
    return;
  }
  const TwoColumns columns(ui, 400);
  {
    const GroupScope group;
    look_card(ui, view, columns.main, commands);
    passphrase_card(ui, view, state, columns.main, commands);
  }
  columns.next(ui);
  const GroupScope group;
  copy_card(ui, view, state, columns.side, commands);
  gap(ui, 16);
  const Card card(ui, "settings.about", columns.side);
  heading(ui, ui.text("settings.about"));
  for (const view::Words& line : view.about)
    words_paragraph(ui, line, TextStyle::kSmall);
}

void leave_settings(SettingsState& state) { wipe_all(state); }

}  // namespace lianxin::client::ui
