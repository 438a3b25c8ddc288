#include "client/ui/sync_screen.hpp"

#include "client/ui/button.hpp"
#include "client/ui/conflicts_screen.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::ui {
namespace {

bool is_running(view::SyncPanel panel) {
  return panel == view::SyncPanel::kConnecting || panel == view::SyncPanel::kSending ||
         panel == view::SyncPanel::kReceiving || panel == view::SyncPanel::kChecking;
}

const char* step_key(view::SyncPanel panel) {
  switch (panel) {
    case view::SyncPanel::kSending:
      return "sync.sending";
    case view::SyncPanel::kReceiving:
      return "sync.receiving";
    case view::SyncPanel::kChecking:
      return "sync.checking";
    default:
      return "sync.connecting";
  }
}

void start_button(Ui& ui, const view::SyncView& view, const char* label, app::CommandQueue& commands) {
  const bool main = view.unsent > 0 || view.panel != view::SyncPanel::kDone;
  const ButtonLook look{main ? ButtonKind::kMain : ButtonKind::kPlain, ImGuiMod_Ctrl | ImGuiKey_S};
  if (button(ui, "sync.start", ui.text(label), look)) commands.push(app::StartSync{});
}

/// Only where the county was not reached. It is known there by its key, so a wrong address does no harm.
void moved_row(Ui& ui, const view::SyncView& view, SyncState& state, app::CommandQueue& commands) {
  if (view.panel != view::SyncPanel::kFailed || !view.may_have_moved) return;
  gap(ui, 12);
  paragraph(ui, ui.text("sync.moved_note", {{"address", view.address}}),
            {TextStyle::kSmall, ui.colour().quiet});
  FieldLook look;
  look.placeholder = ui.text("sync.moved_hint");
  look.problem = view.address_problem;
  look.width = ui.px(300);
  look.bytes_max = 300;
  const FieldEvent event = text_field(ui, "sync.address", state.address, look);
  const bool can = !trim(state.address).empty();
  const std::string go = ui.text("sync.moved");
  beside(ui, button_width(ui, go));
  if (button(ui, "sync.moved", go, {.enabled = can}) || (event.entered && can))
    commands.push(app::StartSync{state.address});
}

/// Before: what waits and what it costs. While: how far. Failed: what to do.
void now_card(Ui& ui, const view::SyncView& view, SyncState& state, float width,
              app::CommandQueue& commands) {
  const Card card(ui, "sync.now", width);
  if (is_running(view.panel)) {
    heading(ui, ui.text(step_key(view.panel)), view.server);
    gap(ui, 6);
    progress_bar(ui, view.progress, ui.colour().focus);
    paragraph(ui, view.progress_text, {TextStyle::kSmall, ui.colour().quiet});
    gap(ui, 8);
    if (button(ui, "sync.cancel", ui.text("sync.cancel"), {ButtonKind::kPlain, ImGuiKey_Escape}))
      commands.push(app::CancelSync{});
    paragraph(ui, ui.text("sync.cancel_note"), {TextStyle::kSmall, ui.colour().quiet});
    return;
  }
  const std::string count = std::to_string(view.unsent);
  heading(ui, view.unsent > 0 ? ui.text("sync.unsent", {{"count", count}}) : ui.text("sync.nothing_unsent"),
          view.server);
  if (view.unsent > 0) {
    paragraph(ui, view.unsent_kinds);
    paragraph(ui, view.cost, {TextStyle::kSmall, ui.colour().quiet});
  } else {
    paragraph(ui, ui.text("sync.nothing_unsent_note"), {TextStyle::kSmall, ui.colour().quiet});
  }
  if (view.unsent_pictures > 0)
    paragraph(ui, ui.text("cli.status.pictures",
                          {{"count", std::to_string(view.unsent_pictures)},
                           {"kilobytes", std::to_string((view.unsent_picture_bytes + 1023) / 1024)}}));
  if (view.panel == view::SyncPanel::kFailed)
    words_paragraph(ui, {view.problem, view::Tone::kNeedsYou, view::Mark::kNeedsYou});
  gap(ui, 8);
  start_button(ui, view, view.panel == view::SyncPanel::kFailed ? "sync.again" : "sync.start", commands);
  moved_row(ui, view, state, commands);
}

void scopes_table(Ui& ui, const view::SyncView& view) {
  if (view.scopes.empty()) return;
  gap(ui, 16);
  heading(ui, ui.text("sync.scopes"));
  Table table(ui, {{ui.text("sync.column.scope"), 1},
                   {ui.text("sync.column.records"), 1, 90},
                   {ui.text("sync.column.laptop"), 1, 150},
                   {ui.text("sync.column.server"), 1, 150},
                   {ui.text("sync.column.result"), 1, 104}});
  table.rows(view.scopes.size(), [&](std::size_t i) {
    const view::ScopeReceipt& scope = view.scopes[i];
    (void)table.begin_row("sync.scope:" + scope.scope, scope.scope, false, false);
    table.cell(scope.scope);
    table.cell(scope.records);
    table.cell(scope.laptop_digest);
    table.cell(scope.server_digest);
    if (scope.equal)
      table.cell({ui.text("sync.equal"), view::Tone::kSettled, view::Mark::kSettled});
    else
      table.cell({ui.text("sync.not_equal"), view::Tone::kNeedsYou, view::Mark::kNeedsYou});
  });
}

void happened_list(Ui& ui, const view::SyncView& view, app::CommandQueue& commands) {
  if (view.happened.empty() && view.told.empty()) return;
  heading(ui, ui.text("sync.happened"));
  Table table(ui, {{"", 1, 120}, {"", 1}}, false);
  table.rows(view.happened.size(), [&](std::size_t i) {
    const view::ReceiptLine& line = view.happened[i];
    const bool conflicts = line.key == "conflicts" && line.label.tone == view::Tone::kNeedsYou;
    if (table.begin_row("sync.happened:" + line.key, line.label.text, false, conflicts))
      commands.push(app::OpenPage{view::Page::kConflicts});
    table.cell(line.label);
    const std::string more = conflicts ? " — " + ui.text("sync.to_conflicts") : std::string();
    table.cell(line.text + more);
  });
  if (view.told.empty()) return;
  gap(ui, 12);
  words(ui, {ui.text("told.title"), view::Tone::kAgeing, view::Mark::kDue}, TextStyle::kStrong);
  draw_told(ui, view.told, commands);
}

/// `whole`: nothing waits, so the next sync starts from here as well.
void receipt_card(Ui& ui, const view::SyncView& view, float width, bool whole, app::CommandQueue& commands) {
  const Card card(ui, "sync.receipt", width);
  if (view.receipt_when.empty()) {
    heading(ui, ui.text("sync.receipt"));
    paragraph(ui, ui.text("sync.never"), {TextStyle::kNormal, ui.colour().quiet});
    return;
  }
  const std::string dot = " " + ui.text("ui.dot") + " ";
  const std::string note =
      view.receipt_cost.empty() ? view.receipt_when : view.receipt_when + dot + view.receipt_cost;
  heading(ui, ui.text(view.panel == view::SyncPanel::kDone ? "sync.done" : "sync.receipt"), note);
  gap(ui, 6);
  const view::Tone tone = view.receipt_green ? view::Tone::kSettled : view::Tone::kNeedsYou;
  const view::Mark mark = view.receipt_green ? view::Mark::kSettled : view::Mark::kNeedsYou;
  banner(ui, {view.receipt_sentence, tone, mark});
  gap(ui, 8);
  happened_list(ui, view, commands);
  scopes_table(ui, view);
  gap(ui, 12);
  if (whole) start_button(ui, view, "sync.once_more", commands);
  if (!view.can_print_receipt) return;
  const std::string print = ui.text("sync.print");
  if (whole) beside(ui, button_width(ui, print, ImGuiMod_Ctrl | ImGuiKey_P));
  if (button(ui, "sync.print", print, {ButtonKind::kPlain, ImGuiMod_Ctrl | ImGuiKey_P}))
    commands.push(app::PrintReceipt{});
}

/// What is safe at the county and does not count there yet.
void kept_aside_card(Ui& ui, const view::KeptAsideView& view, float width, app::CommandQueue& commands) {
  if (view.rows.empty() && view.decisions.empty()) return;
  gap(ui, 16);
  const Card card(ui, "sync.aside", width);
  const bool cut = view.total > view.rows.size();
  heading(
      ui, ui.text("sync.aside", {{"count", std::to_string(view.total)}}),
      ui.text(cut ? "sync.aside_first" : "sync.aside_note", {{"count", std::to_string(view.rows.size())}}));
  for (const view::KeptAsideView::Decision& one : view.decisions) {
    words_paragraph(ui, {one.sentence, view::Tone::kPlain, view::Mark::kNone});
    const std::string see = ui.text("told.see");
    if (!one.member.is_nil() && button(ui, "sync.decided.see:" + one.change, see))
      commands.push(app::OpenMember{one.member});
    const std::string read = ui.text("told.read");
    if (!one.member.is_nil()) beside(ui, button_width(ui, read));
    if (button(ui, "sync.decided.read:" + one.change, read)) commands.push(app::DismissDecided{one.change});
    gap(ui, 8);
  }
  if (view.rows.empty()) return;
  Table table(ui, {{ui.text("sync.aside.what"), 1},
                   {ui.text("sync.aside.state"), 1, 240},
                   {ui.text("sync.aside.when"), 1, 84}});
  table.two_lines();  // why is a sentence
  table.rows(view.rows.size(), [&](std::size_t i) {
    const view::KeptAsideView::Row& row = view.rows[i];
    if (table.begin_row("sync.aside.row:" + row.change, row.what, false, !row.member.is_nil()))
      commands.push(app::OpenMember{row.member});
    table.cell(row.what);
    table.cell(row.state);
    table.cell(row.when);
    table.under(row.why);
  });
}

/// What the chosen file holds, before anything of it is taken.
void looked_into(Ui& ui, const view::SyncView& view, app::CommandQueue& commands) {
  if (view.bundle_path.empty()) return;
  gap(ui, 8);
  for (const std::string& line : view.bundle_holds)
    paragraph(ui, line, {TextStyle::kSmall});
  gap(ui, 8);
  if (button(ui, "sync.bundle_take", ui.text("sync.bundle_take"), {ButtonKind::kMain}))
    commands.push(app::ImportBundle{view.bundle_path, false});
  const std::string leave = ui.text("sync.bundle_leave");
  beside(ui, button_width(ui, leave));
  if (button(ui, "sync.bundle_leave", leave)) commands.push(app::ImportBundle{});
}

void bundle_card(Ui& ui, const view::SyncView& view, SyncState& state, float width,
                 app::CommandQueue& commands) {
  {
    const Card card(ui, "sync.bundle", width);
    heading(ui, ui.text("sync.bundle"));
    paragraph(ui, ui.text("sync.bundle_note"), {TextStyle::kSmall, ui.colour().quiet});
    gap(ui, 8);
    const bool free = !view.bundle_working;
    const std::string save = ui.text("sync.bundle_save");
    if (button(ui, "sync.bundle_save", save, {.enabled = free})) state.save_to.open = true;
    const std::string read = ui.text("sync.bundle_read");
    beside(ui, button_width(ui, read));
    if (button(ui, "sync.bundle_read", read, {.enabled = free})) state.read_from.open = true;
    const std::string notice = view.bundle_working ? ui.text("sync.bundle_working") : view.bundle_notice;
    paragraph(ui, notice, {TextStyle::kSmall});
    looked_into(ui, view, commands);
  }
  gap(ui, 16);
  const std::string folder = file_dialog(ui, "sync.save_to", ui.text("sync.bundle_where"), view.folder,
                                         ChooserPicks::kFolder, state.save_to, commands);
  if (!folder.empty()) commands.push(app::ExportBundle{folder});
  const std::string file = file_dialog(ui, "sync.read_from", ui.text("sync.bundle_which"), view.folder,
                                       ChooserPicks::kFile, state.read_from, commands);
  if (!file.empty()) commands.push(app::ImportBundle{file, true});
}

void laptop_card(Ui& ui, const view::SyncView& view, float width) {
  if (view.this_laptop.empty()) return;
  {
    const Card card(ui, "sync.laptop", width);
    heading(ui, ui.text("sync.laptop"));
    for (const view::Words& line : view.this_laptop)
      words_paragraph(ui, line, TextStyle::kSmall);
  }
  gap(ui, 16);
}

void past_card(Ui& ui, const view::SyncView& view, float width) {
  const Card card(ui, "sync.past", width);
  heading(ui, ui.text("sync.past"));
  if (!list_ready(ui, view.state, view.past.empty(), ui.text("sync.past_none"))) return;
  Table table(ui, {{"", 1}, {"", 1}}, false);
  table.rows(view.past.size(), [&](std::size_t i) {
    (void)table.begin_row("sync.past:" + view.past[i].when, view.past[i].when, false, false);
    table.cell({view.past[i].when}, TextStyle::kSmall);
    table.cell(view.past[i].outcome, TextStyle::kSmall);
  });
}

}  // namespace

void draw_sync(Ui& ui, const view::SyncView& view, SyncState& state, app::CommandQueue& commands) {
  if (view.state.readiness != view::Readiness::kReady) {
    const Card card(ui, "sync.receipt");
    (void)list_ready(ui, view.state, true, {});
    return;
  }
  if (view.panel == view::SyncPanel::kDone) state.address.clear();  // met, or no longer asked for
  const TwoColumns columns(ui, 420);
  {
    const GroupScope group;
    const bool whole = view.panel == view::SyncPanel::kDone && view.unsent == 0;
    if (!whole) {
      now_card(ui, view, state, columns.main, commands);
      gap(ui, 16);
    }
    receipt_card(ui, view, columns.main, whole, commands);
    kept_aside_card(ui, view.kept_aside, columns.main, commands);
  }
  columns.next(ui);
  const GroupScope group;
  bundle_card(ui, view, state, columns.side, commands);
  laptop_card(ui, view, columns.side);
  past_card(ui, view, columns.side);
}

}  // namespace lianxin::client::ui
