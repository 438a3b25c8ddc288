#include "client/ui/dialog.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"
#include "imgui_internal.h"

namespace lianxin::client::ui {
namespace {

constexpr double kToastSeconds = 8;  ///< for each line there is to read
constexpr float kStatusHeight = 32;

}  // namespace

Dialog::Dialog(Ui& ui, std::string_view id, const std::string& title, bool& open, float width) {
  const std::string name = "###" + std::string(id);
  if (open && !ImGui::IsPopupOpen(name.c_str())) ImGui::OpenPopup(name.c_str());
  if (!open) return;
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  const float wide = std::min(ui.px(width), window.x - ui.px(32));
  ImGui::SetNextWindowPos({window.x / 2, window.y * 0.42F}, ImGuiCond_Always, {0.5F, 0.42F});
  ImGui::SetNextWindowSizeConstraints({wide, 0}, {wide, window.y - ui.px(32)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(20), ui.px(16)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, ui.theme().border);
  drawing_ = ImGui::BeginPopupModal(name.c_str(), nullptr,
                                    ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoMove |
                                        ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_AlwaysAutoResize);
  ImGui::PopStyleVar(2);
  if (!drawing_) return;
  if (!title.empty()) {
    heading(ui, title);
    gap(ui, 8);
  }
  if (ui.pressed(ImGuiKey_Escape)) open = false;
  if (!open) ImGui::CloseCurrentPopup();
}

Dialog::~Dialog() {
  if (drawing_) ImGui::EndPopup();
}

Answer confirm(Ui& ui, std::string_view id, bool& open, const std::string& title,
               const std::string& consequence, const std::string& yes) {
  if (!open) return Answer::kNone;
  Answer answer = Answer::kNone;
  const std::string key(id);
  const Dialog dialog(ui, id, title, open);
  if (!dialog) return answer;
  if (!open) return Answer::kNo;
  paragraph(ui, consequence);
  gap(ui, 16);
  if (button(ui, key + ".yes", yes, {ButtonKind::kMain, ImGuiMod_Ctrl | ImGuiKey_Enter}))
    answer = Answer::kYes;
  ImGui::SameLine(0, ui.px(8));
  if (button(ui, key + ".no", ui.text("ui.cancel"), {ButtonKind::kPlain, ImGuiKey_Escape}))
    answer = Answer::kNo;
  if (answer != Answer::kNone) {
    open = false;
    ImGui::CloseCurrentPopup();
  }
  return answer;
}

namespace {

/// What a toast says, in as many lines as it needs beside its button.
struct ToastText {
  std::vector<std::string_view> lines;
  ImVec2 size;  ///< pixels
};

ToastText measured(const Ui& ui, const std::string& words, float room) {
  ToastText text{wrapped(ui, words, room, TextStyle::kNormal), {0, text_size(ui, "0").y}};
  text.size.y *= static_cast<float>(text.lines.size());
  for (const std::string_view line : text.lines)
    text.size.x = std::max(text.size.x, text_size(ui, line).x);
  return text;
}

/// True when what it tells is to be taken back.
bool toast_window(Ui& ui, const view::ToastView& toast, const ToastText& text, float undo_width) {
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  const Palette& c = ui.colour();
  const ImVec2 size{text.size.x + undo_width + ui.px(32), std::max(ui.px(53), text.size.y + ui.px(24))};
  // In the corner where no page has its buttons.
  ImGui::SetNextWindowPos(
      {window.x - size.x - ui.px(16), window.y - ui.px(kStatusHeight) - size.y - ui.px(16)});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, c.toast);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(4));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(16), ui.px(8)});
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing;
  bool undone = false;
  if (ImGui::Begin("###toast", nullptr, kFlags)) {
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    ImGui::SetCursorPosY((size.y - text.size.y) / 2);
    paragraph(ui, toast.words.text, {TextStyle::kNormal, c.toast_text}, text.size.x + 1);
    if (undo_width > 0) {
      ImGui::SetCursorPos({size.x - undo_width, (size.y - ui.control_height()) / 2});
      undone = button(ui, "toast.undo", ui.text("ui.undo"), {ButtonKind::kPlain, ImGuiMod_Ctrl | ImGuiKey_Z});
    }
  }
  ImGui::End();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
  return undone;
}

}  // namespace

void draw_toast(Ui& ui, const view::ToastView& toast, ToastState& state, app::CommandQueue& commands) {
  const double now = ImGui::GetTime();
  const float undo_width = toast.undo_token.empty()
                               ? 0
                               : button_width(ui, ui.text("ui.undo"), ImGuiMod_Ctrl | ImGuiKey_Z) + ui.px(16);
  const float room = std::min(ui.px(760), ImGui::GetIO().DisplaySize.x - undo_width - ui.px(120));
  const ToastText text = measured(ui, toast.words.text, room);
  if (toast.number != state.number) {
    state.number = toast.number;
    state.until = now + kToastSeconds * static_cast<double>(text.lines.size());
  }
  if (toast.number == 0 || now >= state.until || toast.words.text.empty()) return;
  ui.wake_in(state.until - now);
  if (!toast_window(ui, toast, text, undo_width)) return;
  commands.push(app::Undo{toast.undo_token});
  state.until = now;
}

}  // namespace lianxin::client::ui
