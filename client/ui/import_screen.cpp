#include "client/ui/import_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/file_chooser.hpp"
#include "client/ui/import_preview.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

void past_list(Ui& ui, const view::ImportView& view, ImportState& state, float width,
               app::CommandQueue& commands) {
  const Card card(ui, "import.past", width);
  heading(ui, ui.text("import.past"));
  if (view.past.empty()) paragraph(ui, ui.text("import.past_none"), {TextStyle::kSmall, ui.colour().quiet});
  for (const view::PastBatch& batch : view.past) {
    cut_text(ui, batch.file, ImGui::GetContentRegionAvail().x);
    const std::string dot = " " + ui.text("ui.dot") + " ";
    paragraph(ui, batch.when + dot + batch.counts, {TextStyle::kSmall, ui.colour().quiet});
    if (!batch.undone.empty())
      words_paragraph(ui, {ui.text("import.undone", {{"when", batch.undone}}), view::Tone::kQuiet},
                      TextStyle::kSmall);
    if (batch.can_undo && button(ui, "import.undo:" + batch.batch, ui.text("import.undo"))) {
      state.undo_batch = batch.batch;
      state.undo_open = true;
    }
    gap(ui, 8);
  }
  const Answer answer = confirm(ui, "import.undo_confirm", state.undo_open, ui.text("import.undo_title"),
                                ui.text("import.undo_consequence"), ui.text("import.undo_yes"));
  if (answer == Answer::kYes) commands.push(app::UndoImport{state.undo_batch});
}

void choose(Ui& ui, const view::ImportView& view, ImportState& state, app::CommandQueue& commands) {
  if (!state.asked && view.folder.path.empty()) commands.push(app::BrowseFolder{});
  state.asked = true;
  const TwoColumns columns(ui, 340);
  {
    const Card card(ui, "import.main", columns.main);
    if (view.stage == view::ImportStage::kDone) {
      banner(ui, {view.summary, view::Tone::kSettled, view::Mark::kSettled});
      gap(ui, 12);
    }
    if (view.stage == view::ImportStage::kFailed) {
      banner(ui, {view.problem, view::Tone::kNeedsYou, view::Mark::kNeedsYou});
      gap(ui, 12);
    }
    heading(ui, ui.text("import.choose"), ui.text("import.choose_note"));
    gap(ui, 8);
    const float height = std::max(ui.px(240), room_below(ui) - ui.control_height() - ui.px(8));
    const std::string file = file_list(ui, "import.file", view.folder, ChooserPicks::kFile, height, commands);
    if (!file.empty()) {
      commands.push(app::PreviewImport{file});
      state.sheet.clear();
      state.verdict.clear();
    }
  }
  columns.next(ui);
  past_list(ui, view, state, columns.side, commands);
}

void working(Ui& ui, const view::ImportView& view, app::CommandQueue& commands) {
  const Card card(ui, "import.main");
  const bool applying = view.stage == view::ImportStage::kApplying;
  heading(ui, ui.text(applying ? "import.applying" : "import.reading"), view.file);
  gap(ui, 8);
  progress_bar(ui, view.progress, ui.colour().focus);
  paragraph(ui, view.summary, {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
  if (button(ui, "import.stop", ui.text("import.stop"), {ButtonKind::kPlain, ImGuiKey_Escape}))
    commands.push(app::CancelImport{});
}

}  // namespace

void draw_import(Ui& ui, const view::ImportView& view, ImportState& state, app::CommandQueue& commands) {
  switch (view.stage) {
    case view::ImportStage::kReading:
    case view::ImportStage::kApplying:
      working(ui, view, commands);
      return;
    case view::ImportStage::kPreview:
      draw_import_preview(ui, view, state, commands);
      return;
    case view::ImportStage::kChoose:
    case view::ImportStage::kDone:
    case view::ImportStage::kFailed:
      choose(ui, view, state, commands);
      return;
  }
}

}  // namespace lianxin::client::ui
