#include "client/ui/file_chooser.hpp"

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kDialogList = 320;

void shortcuts(Ui& ui, const std::string& id, const view::FolderView& folder, app::CommandQueue& commands) {
  if (button(ui, id + ".documents", ui.text("chooser.documents"))) commands.push(app::BrowseFolder{});
  const std::string sticks = ui.text("chooser.sticks");
  beside(ui, button_width(ui, sticks));
  if (button(ui, id + ".sticks", sticks)) commands.push(app::BrowseFolder{"sticks"});
  ImGui::SameLine(0, ui.px(12));
  const float line = text_size(ui, "0", TextStyle::kSmall).y;
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (ui.control_height() - line) / 2);
  cut_text(ui, folder.path.empty() ? std::string() : ui.text("chooser.now", {{"path", folder.path}}),
           ImGui::GetContentRegionAvail().x, {TextStyle::kSmall, ui.colour().quiet});
}

std::string shown_name(const Ui& ui, const view::FileEntry& entry) {
  if (entry.name == "..") return ui.text("chooser.up");
  return entry.folder ? entry.name + " /" : entry.name;
}

}  // namespace

std::string file_list(Ui& ui, std::string_view id, const view::FolderView& folder, ChooserPicks picks,
                      float height, app::CommandQueue& commands) {
  const std::string key(id);
  std::string chosen;
  shortcuts(ui, key, folder, commands);
  problem_line(ui, folder.problem);
  const ScrollArea area(ui, key + ".list", height);
  if (folder.entries.empty() && folder.problem.empty()) {
    paragraph(ui, ui.text("chooser.empty"), {TextStyle::kNormal, ui.colour().quiet});
    return chosen;
  }
  Table table(ui, {{"", 1}, {"", 1, 190}}, false);
  table.rows(folder.entries.size(), [&](std::size_t i) {
    const view::FileEntry& entry = folder.entries[i];
    const bool can_open = entry.folder || picks == ChooserPicks::kFile;
    if (table.begin_row(key + ".entry:" + entry.path, entry.name, false, can_open)) {
      if (entry.folder)
        commands.push(app::BrowseFolder{entry.path});
      else
        chosen = entry.path;
    }
    table.cell({shown_name(ui, entry), can_open ? view::Tone::kPlain : view::Tone::kQuiet});
    table.cell({entry.detail, view::Tone::kQuiet}, TextStyle::kSmall);
  });
  return chosen;
}

std::string file_dialog(Ui& ui, std::string_view id, const std::string& title, const view::FolderView& folder,
                        ChooserPicks picks, FileChooserState& state, app::CommandQueue& commands) {
  if (!state.open) {
    state.asked = false;
    return {};
  }
  if (!state.asked) commands.push(app::BrowseFolder{state.start});
  state.asked = true;
  std::string chosen;
  const Dialog dialog(ui, id, title, state.open, 640);
  if (!dialog) return chosen;
  const std::string key(id);
  chosen = file_list(ui, id, folder, picks, ui.px(kDialogList), commands);
  gap(ui, 12);
  if (picks == ChooserPicks::kFolder) {
    if (button(ui, key + ".here", ui.text("chooser.here"),
               {.kind = ButtonKind::kMain,
                .key = ImGuiMod_Ctrl | ImGuiKey_Enter,
                .enabled = !folder.path.empty()}))
      chosen = folder.path;
    ImGui::SameLine(0, ui.px(8));
  }
  if (button(ui, key + ".no", ui.text("ui.cancel"), {ButtonKind::kPlain, ImGuiKey_Escape}))
    state.open = false;
  if (!chosen.empty()) state.open = false;
  if (!state.open) ImGui::CloseCurrentPopup();
  return chosen;
}

}  // namespace lianxin::client::ui
