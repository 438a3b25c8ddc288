#include "client/ui/photo_card.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/picture.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kThumbSide = 104;  // at 100 % text
constexpr std::size_t kCaptionBytesMax = 300;

/// The small picture, or a quiet frame where there is none.
void thumbnail(Ui& ui, const view::PhotoRow& row) {
  const ImVec2 room{ui.px(kThumbSide), ui.px(kThumbSide)};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy(room);
  if (row.small) {
    const ImVec2 size = fitted_size(*row.small, room);
    const ImVec2 min{at.x + (room.x - size.x) / 2, at.y + (room.y - size.y) / 2};
    ui.pictures().draw(row.small, min, {min.x + size.x, min.y + size.y});
    return;
  }
  ImGui::GetWindowDrawList()->AddRect(at, {at.x + room.x, at.y + room.y}, ui.colour().line);
  const std::string none = ui.text("photo.no_preview");
  const ImVec2 size = text_size(ui, none, TextStyle::kSmall);
  draw_text(ui, {at.x + (room.x - size.x) / 2, at.y + (room.y - size.y) / 2}, none,
            {TextStyle::kSmall, ui.colour().quiet});
}

void photo_row(Ui& ui, const view::PhotoRow& row, bool fetching, PhotoCardState& state,
               app::CommandQueue& commands) {
  gap(ui, 8);
  thumbnail(ui, row);
  ImGui::SameLine(0, ui.px(12));
  const GroupScope group;
  paragraph(ui, row.title, {TextStyle::kSmall});
  words_paragraph(ui, row.where, TextStyle::kSmall);
  if (!row.can_open) return;
  const ButtonLook look{.kind = ButtonKind::kLink, .enabled = !fetching};
  if (!button(ui, "photo.open:" + row.photo.text(), ui.text("photo.open"), look)) return;
  state.large_open = true;
  commands.push(app::OpenPhoto{row.photo});
}

/// What will be added, and that cards of identity are not wanted.
void add_question(Ui& ui, const Id& record, PhotoCardState& state, app::CommandQueue& commands) {
  const Dialog dialog(ui, "photo.add_dialog", ui.text("photo.add"), state.add_open);
  if (!dialog) return;
  paragraph(ui, state.file, {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
  FieldLook look;
  look.label = ui.text("photo.caption");
  look.above = true;
  look.bytes_max = kCaptionBytesMax;
  (void)text_field(ui, "photo.caption", state.caption, look);
  gap(ui, 8);
  words_paragraph(ui, {ui.text("photo.no_id_cards"), view::Tone::kAgeing, view::Mark::kDue},
                  TextStyle::kSmall);
  gap(ui, 12);
  if (button(ui, "photo.add_now", ui.text("photo.add_now"),
             {ButtonKind::kMain, ImGuiMod_Ctrl | ImGuiKey_Enter})) {
    commands.push(app::AddPhoto{record, state.file, state.caption});
    state.add_open = false;
  }
  const std::string no = ui.text("ui.cancel");
  beside(ui, button_width(ui, no, ImGuiKey_Escape));
  if (button(ui, "photo.add_no", no, {ButtonKind::kPlain, ImGuiKey_Escape})) state.add_open = false;
  if (!state.add_open) ImGui::CloseCurrentPopup();
}

void large_picture(Ui& ui, const view::PhotosView& view, PhotoCardState& state, app::CommandQueue& commands) {
  if (!state.large_open || !view.large) return;
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  constexpr float kEdges = 120;  // title and button of the dialog
  const ImVec2 size = fitted_size(*view.large, {window.x - ui.px(kEdges), window.y - ui.px(2 * kEdges)});
  {
    const Dialog dialog(ui, "photo.large", ui.text("photo.card"), state.large_open,
                        size.x / std::max(0.01F, ui.px(1)) + 48);
    if (dialog) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::Dummy(size);
      ui.pictures().draw(view.large, at, {at.x + size.x, at.y + size.y});
      gap(ui, 8);
      if (button(ui, "photo.close", ui.text("photo.close"), {ButtonKind::kPlain, ImGuiKey_Escape}))
        state.large_open = false;
      if (!state.large_open) ImGui::CloseCurrentPopup();
    }
  }
  if (!state.large_open) commands.push(app::OpenPhoto{});
}

}  // namespace

void drop_photo(PhotoCardState& state, const std::string& path) {
  state.file = path;
  state.caption.clear();
  state.add_open = true;
}

void photo_card(Ui& ui, const view::PhotosView& view, const Id& record, bool may_add, float width,
                PhotoCardState& state, app::CommandQueue& commands) {
  const Card card(ui, "member.photos", width);
  std::string note;
  if (view.total > view.rows.size())
    note = ui.text("photo.card_first",
                   {{"shown", std::to_string(view.rows.size())}, {"count", std::to_string(view.total)}});
  heading(ui, ui.text("photo.card"), note);
  if (may_add && button(ui, "photo.add", ui.text("photo.add"))) state.chooser.open = true;
  if (view.fetching) paragraph(ui, ui.text("photo.fetching"), {TextStyle::kSmall, ui.colour().quiet});
  if (view.rows.empty()) paragraph(ui, ui.text("photo.none_yet"), {TextStyle::kSmall, ui.colour().quiet});
  for (const view::PhotoRow& row : view.rows)
    photo_row(ui, row, view.fetching, state, commands);
  const std::string chosen = file_dialog(ui, "photo.chooser", ui.text("photo.choose"), view.folder,
                                         ChooserPicks::kFile, state.chooser, commands);
  if (!chosen.empty()) drop_photo(state, chosen);
  if (may_add)
    add_question(ui, record, state, commands);
  else
    state.add_open = false;
  large_picture(ui, view, state, commands);
}

}  // namespace lianxin::client::ui
