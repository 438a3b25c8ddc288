#include "client/ui/unlock_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::ui {
namespace {

/// Stands in the middle, `width` wide (at 100 %), higher up where it would not end above the window's edge.
class Middle {
 public:
  Middle(const Ui& ui, const char* id, float at_100, float from_top)
      : kept_(ImGui::GetStateStorage()), key_(ImGui::GetID(id)) {
    const float room = ImGui::GetContentRegionAvail().x;
    width = std::min(ui.px(at_100), room);
    const float window = ImGui::GetIO().DisplaySize.y;
    const float last = window - kept_->GetFloat(key_, 0) - ui.px(16);
    const float top = std::max(ui.px(8), std::min(window * from_top, last));
    ImGui::SetCursorPos({ImGui::GetCursorPosX() + (room - width) / 2, top});
    ImGui::BeginGroup();
  }
  ~Middle() {
    ImGui::EndGroup();
    kept_->SetFloat(key_, ImGui::GetItemRectSize().y);
  }
  Middle(const Middle&) = delete;
  Middle& operator=(const Middle&) = delete;

  float width = 0;  ///< in pixels

 private:
  ImGuiStorage* kept_;
  ImGuiID key_;
};

void product_line(Ui& ui) {
  text(ui, ui.text("unlock.title"), {TextStyle::kValueStrong, ui.colour().main});
  ImGui::SameLine(0, ui.px(12));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(10));
  text(ui, ui.text("unlock.subtitle"), {TextStyle::kNormal, ui.colour().quiet});
  gap(ui, 8);
}

view::Choices choices_of(const view::UnlockView& view) {
  view::Choices choices;
  for (std::size_t i = 0; i < view.owners.size(); ++i) {
    const view::StoreOwner& owner = view.owners[i];
    choices.push_back(
        {std::to_string(i), owner.place.empty() ? owner.person : owner.person + "  " + owner.place});
  }
  return choices;
}

void owners(Ui& ui, const view::UnlockView& view, UnlockState& state) {
  if (view.owners.size() == 1) {
    const FormRow row(ui, ui.text("unlock.who"));
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(7));
    text(ui, view.owners[0].person, {TextStyle::kStrong});
    ImGui::SameLine(0, ui.px(12));
    text(ui, view.owners[0].place, {TextStyle::kNormal, ui.colour().quiet});
    return;
  }
  const FormRow row(ui, ui.text("unlock.who"));
  std::string chosen = std::to_string(state.owner);
  if (choice_row(ui, "unlock.owner", choices_of(view), chosen)) {
    state.owner = static_cast<std::size_t>(std::stoul(chosen));
    state.focus_wanted = true;
  }
}

void unlock_form(Ui& ui, const view::UnlockView& view, UnlockState& state, app::CommandQueue& commands) {
  owners(ui, view, state);
  // Whatever was pressed here before, the passphrase can be typed.
  const bool is_nowhere = !ImGui::IsAnyItemActive() && !ImGui::IsAnyItemFocused();
  if (is_nowhere || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) state.focus_wanted = true;
  if (state.focus_wanted && !view.working) Ui::focus_next();
  if (!view.working) state.focus_wanted = false;
  FieldLook look{.label = ui.text("unlock.passphrase"), .problem = view.problem, .enabled = !view.working};
  look.secret = true;
  const FieldEvent event = text_field(ui, "unlock.passphrase", state.passphrase, look);
  const bool can = !view.working && !state.passphrase.empty() && state.owner < view.owners.size();
  const FormRow row(ui, {});
  const ButtonLook open{.kind = ButtonKind::kMain, .key = ImGuiKey_Enter, .enabled = can};
  const bool pressed = button(ui, "unlock.open", ui.text("unlock.open"), open);
  if (view.working) {
    ImGui::SameLine(0, ui.px(12));
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(7));
    text(ui, ui.text("unlock.working"), {TextStyle::kNormal, ui.colour().quiet});
  }
  if (can && (pressed || event.entered))
    commands.push(app::Unlock{view.owners[state.owner].store, state.passphrase});
}

std::string stage_text(const Ui& ui, view::EnrolStage stage) {
  switch (stage) {
    case view::EnrolStage::kConnecting:
      return ui.text("enrol.connecting");
    case view::EnrolStage::kMakingStore:
      return ui.text("enrol.making_store");
    case view::EnrolStage::kAsk:
      break;
  }
  return {};
}

struct EnrolProblems {
  std::string line;
  std::string passphrase;
  std::string again;
  [[nodiscard]] bool none() const { return line.empty() && passphrase.empty() && again.empty(); }
};

EnrolProblems own_problems(const Ui& ui, const view::EnrolView& view, const EnrolState& state) {
  EnrolProblems problems;
  const std::string min = std::to_string(view.passphrase_letters_min);
  if (trim(state.join_line).empty()) problems.line = ui.text("enrol.line_missing");
  if (code_points(state.passphrase) < view.passphrase_letters_min)
    problems.passphrase = ui.text("enrol.too_short", {{"min", min}});
  else if (state.passphrase != state.again)
    problems.again = ui.text("enrol.not_equal");
  return problems;
}

void enrol_form(Ui& ui, const view::EnrolView& view, EnrolState& state, app::CommandQueue& commands) {
  const EnrolProblems own = own_problems(ui, view, state);
  const EnrolProblems shown = state.tried ? own : EnrolProblems{};
  const std::string line_problem = shown.line.empty() ? problem_of(view.problems, "join_line") : shown.line;
  const std::string min = std::to_string(view.passphrase_letters_min);
  const auto focus = [&](std::string_view field) {
    if (state.focus != field) return;
    Ui::focus_next();
    state.focus.clear();
  };
  focus("join_line");
  long_text_field(ui, "enrol.join_line", state.join_line, 3,
                  {.label = ui.text("enrol.join_line"),
                   .placeholder = ui.text("enrol.join_line_hint"),
                   .problem = line_problem});
  FieldLook look{
      .label = ui.text("enrol.passphrase"),
      .placeholder = ui.text("enrol.passphrase_hint", {{"min", min}}),
      .problem = shown.passphrase.empty() ? problem_of(view.problems, "passphrase") : shown.passphrase};
  look.secret = true;
  focus("passphrase");
  text_field(ui, "enrol.passphrase", state.passphrase, look);
  look.label = ui.text("enrol.again");
  look.placeholder.clear();
  look.problem = shown.again;
  focus("again");
  const FieldEvent event = text_field(ui, "enrol.again", state.again, look);
  const FormRow row(ui, {}, view.problem);
  bool wanted =
      button(ui, "enrol.join", ui.text("enrol.join"), {ButtonKind::kMain, ImGuiMod_Ctrl | ImGuiKey_Enter});
  wanted = wanted || event.entered;
  if (state.may_go_back) {
    ImGui::SameLine(0, ui.px(8));
    if (button(ui, "enrol.back", ui.text("enrol.back"), {ButtonKind::kPlain, ImGuiKey_Escape}))
      state.back_wanted = true;
  }
  if (!wanted) return;
  state.tried = true;
  if (own.none()) {
    commands.push(app::Enrol{trim(state.join_line), state.passphrase});
    return;
  }
  state.focus = !own.line.empty() ? "join_line" : (!own.passphrase.empty() ? "passphrase" : "again");
}

}  // namespace

void wipe(std::string& secret) {
  volatile char* bytes = secret.data();
  for (std::size_t i = 0; i < secret.size(); ++i)
    bytes[i] = 0;
  secret.clear();
}

void draw_unlock(Ui& ui, const view::UnlockView& view, UnlockState& state, app::CommandQueue& commands) {
  if (view.attempt != state.attempt) {
    state.attempt = view.attempt;
    wipe(state.passphrase);
    state.focus_wanted = true;
  }
  if (state.owner >= view.owners.size()) state.owner = 0;
  const Middle middle(ui, "unlock_height", 560, 0.24F);
  product_line(ui);
  {
    const Card card(ui, "unlock", middle.width);
    if (!view.notice.empty()) {
      paragraph(ui, view.notice, {TextStyle::kNormal, ui.colour().ageing});
      gap(ui, 12);
    }
    unlock_form(ui, view, state, commands);
  }
  gap(ui, 8);
  paragraph(ui, ui.text("unlock.forgotten"), {TextStyle::kSmall, ui.colour().quiet}, middle.width);
  if (button(ui, "unlock.another", ui.text("unlock.another"), {ButtonKind::kLink})) state.enrol_wanted = true;
}

void draw_enrol(Ui& ui, const view::EnrolView& view, EnrolState& state, app::CommandQueue& commands) {
  const Middle middle(ui, "enrol_height", 720, 0.12F);
  product_line(ui);
  const Card card(ui, "enrol", middle.width);
  heading(ui, ui.text("enrol.title"));
  if (view.stage == view::EnrolStage::kAsk) {
    paragraph(ui, ui.text("enrol.explain"), {TextStyle::kSmall, ui.colour().quiet});
    gap(ui, 12);
    enrol_form(ui, view, state, commands);
    return;
  }
  text(ui, stage_text(ui, view.stage));
}

}  // namespace lianxin::client::ui
