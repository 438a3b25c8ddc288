#include "client/ui/duplicates_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

bool holds(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// Those not answered here yet, as places in the view; those put off stand last.
std::vector<std::size_t> waiting(const view::DuplicatesView& view, DuplicatesState& state) {
  std::erase_if(state.answered, [&](const std::string& token) {
    return std::none_of(view.pairs.begin(), view.pairs.end(),
                        [&](const view::TwinView& one) { return one.key + one.shown_token == token; });
  });
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < view.pairs.size(); ++i) {
    if (!holds(state.answered, view.pairs[i].key + view.pairs[i].shown_token)) places.push_back(i);
  }
  std::stable_partition(places.begin(), places.end(),
                        [&](std::size_t place) { return !holds(state.later, view.pairs[place].key); });
  return places;
}

void answer(const view::TwinView& one, app::TwinAnswer word, DuplicatesState& state,
            app::CommandQueue& commands) {
  commands.push(app::SayTwins{one.one, one.other, word, one.shown_token});
  state.answered.push_back(one.key + one.shown_token);
  state.shown.clear();
}

void actions(Ui& ui, const view::TwinView& one, DuplicatesState& state, app::CommandQueue& commands) {
  const auto action = [&](const char* name, ImGuiKeyChord chord, bool first, ButtonKind kind,
                          const std::string& of = {}) {
    const std::string label = ui.text(std::string("twins.") + name + of);
    if (!first) beside(ui, button_width(ui, label, chord));
    return button(ui, std::string("twins.") + name, label, {kind, chord});
  };
  const std::string of = "." + one.kind;
  if (action("same", ImGuiKey_1, true, ButtonKind::kMain, of))
    answer(one, app::TwinAnswer::kSame, state, commands);
  if (action("different", ImGuiKey_2, false, ButtonKind::kPlain, of))
    answer(one, app::TwinAnswer::kDifferent, state, commands);
  if (action("later", ImGuiKey_3, false, ButtonKind::kPlain)) {
    std::erase(state.later, one.key);
    state.later.push_back(one.key);
    state.shown.clear();
  }
  const bool two_files = !one.other_member.is_nil();
  if (!one.member.is_nil() && action(two_files ? "open_one" : "open", ImGuiKey_O, false, ButtonKind::kPlain))
    commands.push(app::OpenMember{one.member});
  if (two_files && action("open_other", ImGuiKey_P, false, ButtonKind::kPlain))
    commands.push(app::OpenMember{one.other_member});
  paragraph(ui, one.consequence, {TextStyle::kSmall, ui.colour().quiet});
}

/// Both entries line by line: what differs is bold, what is the same is quiet.
void both_sides(Ui& ui, const view::TwinView& one) {
  Table table(ui, {{ui.text("twins.column.field"), 1, 170}, {one.one_head, 1}, {one.other_head, 1}});
  table.rows(one.fields.size(), [&](std::size_t i) {
    const view::TwinField& row = one.fields[i];
    (void)table.begin_row("twins.field:" + row.label, row.label, false, false);
    const view::Tone tone = row.differs ? view::Tone::kPlain : view::Tone::kQuiet;
    const TextStyle style = row.differs ? TextStyle::kStrong : TextStyle::kNormal;
    table.cell({row.label, view::Tone::kQuiet});
    const std::string none = ui.text("twins.nothing");
    table.cell({row.one.empty() ? none : row.one, tone}, style);
    table.cell({row.other.empty() ? none : row.other, tone}, style);
  });
}

void top_card(Ui& ui, const view::TwinView& one, std::size_t number, std::size_t all, DuplicatesState& state,
              app::CommandQueue& commands) {
  const Card card(ui, "twins.top");
  heading(ui, one.title, std::to_string(number) + " / " + std::to_string(all));
  // The answers stay in sight, however much there is to compare.
  AboveFoot above(ui, "twins.above", AboveHeight::kContent);
  words_paragraph(ui, {one.likeness.text + " " + ui.text("ui.dot") + " " + one.reasons, one.likeness.tone,
                       one.likeness.mark});
  gap(ui, 8);
  both_sides(ui, one);
  above.foot();
  actions(ui, one, state, commands);
}

void rest_card(Ui& ui, const view::DuplicatesView& view, const std::vector<std::size_t>& places,
               std::size_t shown, DuplicatesState& state) {
  if (places.size() < 2) return;
  gap(ui, 16);
  const Card card(ui, "twins.rest");
  heading(ui, ui.text("conflicts.rest"), view.more ? ui.text("twins.more") : std::string());
  Table table(ui, {{ui.text("conflicts.column.name"), 1, 260},
                   {ui.text("twins.column.likeness"), 1, 150},
                   {ui.text("twins.column.reasons"), 1}});
  const ScrollArea area(ui, "twins.rows", list_height(ui, places.size() - 1));
  table.rows(places.size() - 1, [&](std::size_t i) {
    const view::TwinView& one = view.pairs[places[i < shown ? i : i + 1]];
    if (table.begin_row("twins.row:" + one.key, one.title)) state.shown = one.key;
    table.cell(one.title);
    table.cell(one.likeness);
    table.cell(one.reasons);
  });
}

void said_card(Ui& ui, const view::DuplicatesView& view, app::CommandQueue& commands) {
  if (view.said.empty()) return;
  gap(ui, 16);
  const Card card(ui, "twins.said");
  heading(ui, ui.text("twins.said"), ui.text("twins.said_note"));
  const std::string undo = ui.text("twins.undo");
  Table table(ui, {{ui.text("conflicts.column.name"), 1},
                   {ui.text("twins.column.word"), 1, 170},
                   {ui.text("twins.column.who"), 1, 220},
                   {"", 1, 120}});
  table.rows(view.said.size(), [&](std::size_t i) {
    const view::TwinSaidView& one = view.said[i];
    (void)table.begin_row("twins.said:" + one.key, one.names, false, false);
    table.cell(one.names);
    table.cell(one.word);
    table.cell({one.who, view::Tone::kQuiet});
    const ImVec2 next_row = ImGui::GetCursorScreenPos();
    (void)table.control_cell(text_size(ui, undo).y);
    if (button(ui, "twins.undo:" + one.key, undo, {.kind = ButtonKind::kLink}))
      commands.push(app::SayTwins{one.one, one.other, app::TwinAnswer::kUndo, {}});
    ImGui::SetCursorScreenPos(next_row);
  });
}

}  // namespace

void draw_duplicates(Ui& ui, const view::DuplicatesView& view, DuplicatesState& state,
                     app::CommandQueue& commands) {
  const std::vector<std::size_t> places = waiting(view, state);
  if (view.state.readiness != view::Readiness::kReady || places.empty()) {
    const Card card(ui, "twins.top");
    heading(ui, ui.text("twins.title"));
    (void)list_ready(ui, view.state, true, ui.text(view.reading ? "twins.reading" : "twins.none"));
  } else {
    const auto found = std::find_if(places.begin(), places.end(),
                                    [&](std::size_t place) { return view.pairs[place].key == state.shown; });
    const std::size_t shown = found == places.end() ? 0 : static_cast<std::size_t>(found - places.begin());
    top_card(ui, view.pairs[places[shown]], shown + 1, places.size(), state, commands);
    rest_card(ui, view, places, shown, state);
  }
  if (view.state.readiness == view::Readiness::kReady) said_card(ui, view, commands);
}

}  // namespace lianxin::client::ui
