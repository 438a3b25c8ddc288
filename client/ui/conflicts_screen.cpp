#include "client/ui/conflicts_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/said_card.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::ui {
namespace {

constexpr std::size_t kValuesInRow = 3;

ImGuiKeyChord digit(std::size_t number) {
  return number < 10 ? static_cast<ImGuiKey>(ImGuiKey_0 + static_cast<int>(number)) : ImGuiKeyChord{0};
}

/// Those not answered here yet, as places in the view.
std::vector<std::size_t> waiting(const view::ConflictDeskView& view, ConflictsState& state) {
  std::erase_if(state.answered, [&](const std::string& token) {
    return std::none_of(view.conflicts.begin(), view.conflicts.end(), [&](const view::ConflictView& one) {
      return one.conflict + one.shown_token == token;
    });
  });
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < view.conflicts.size(); ++i) {
    const view::ConflictView& one = view.conflicts[i];
    const bool done = std::find(state.answered.begin(), state.answered.end(),
                                one.conflict + one.shown_token) != state.answered.end();
    if (!done) places.push_back(i);
  }
  return places;
}

void resolve(const view::ConflictView& one, app::Resolution how, const std::string& head,
             ConflictsState& state, app::CommandQueue& commands) {
  commands.push(app::ResolveConflict{one.conflict, how, head, one.shown_token});
  state.answered.push_back(one.conflict + one.shown_token);
  state.shown.clear();
}

std::string take_label(const Ui& ui, const view::ConflictView& one, const view::SaidValue& said) {
  if (said.mine) return ui.text("conflicts.take_mine");
  const auto others = std::count_if(one.values.begin(), one.values.end(),
                                    [](const view::SaidValue& value) { return !value.mine; });
  if (others < 2) return ui.text("conflicts.take_theirs");
  // Between others each is named; what one person wrote on two laptops is named itself.
  const auto same = std::count_if(one.values.begin(), one.values.end(),
                                  [&](const view::SaidValue& value) { return value.who == said.who; });
  if (!said.who.empty() && same == 1) return ui.text("conflicts.take_named", {{"name", said.who}});
  constexpr std::size_t kValueMax = 16;  // characters
  const std::string value = said.value.empty() ? ui.text("conflicts.cleared") : said.value;
  if (code_points(value) > kValueMax) return ui.text("conflicts.take_when", {{"when", said.when}});
  return ui.text("conflicts.take_value", {{"value", value}});
}

/// What was before, in one line: beside three values there is no room for its card.
void before_line(Ui& ui, const view::SaidValue& before) {
  const std::string dot = " " + ui.text("ui.dot") + " ";
  std::string line = ui.text("conflicts.before") + dot +
                     (before.value.empty() ? ui.text("conflicts.cleared") : before.value);
  for (const std::string* more : {&before.when, &before.how_known}) {
    if (!more->empty()) line += dot + *more;
  }
  paragraph(ui, line, {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
}

/// The columns: before, mine, theirs; more than two values take all columns and wrap into rows of three.
void columns(Ui& ui, const view::ConflictView& one, ConflictsState& state, app::CommandQueue& commands) {
  struct Shown {
    const view::SaidValue* said;
    SaidLook look;
  };
  std::vector<Shown> cards;
  const float room = ImGui::GetContentRegionAvail().x;
  const bool has_card = one.before && one.values.size() < kValuesInRow;
  if (one.before && !has_card) before_line(ui, *one.before);
  const std::size_t all = one.values.size() + (has_card ? 1U : 0U);
  const std::size_t in_row = std::clamp<std::size_t>(all, 1, kValuesInRow);
  const float gaps = ui.px(12) * static_cast<float>(in_row - 1);
  const float width = (room - gaps) / static_cast<float>(in_row);
  if (has_card) cards.push_back({&*one.before, {SaidKind::kBefore, width, 0, "", 0}});
  for (std::size_t i = 0; i < one.values.size(); ++i) {
    const view::SaidValue& said = one.values[i];
    const bool can_take = one.kind != view::ConflictKind::kMergedGroup;
    cards.push_back({&said,
                     {said.mine ? SaidKind::kMine : SaidKind::kOther, width, 0,
                      can_take ? take_label(ui, one, said) : std::string(), digit(i + 1)}});
  }
  float height = 0;
  for (const Shown& card : cards)
    height = std::max(height, said_height(ui, *card.said, card.look));
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (i % in_row != 0) ImGui::SameLine(0, ui.px(12));
    if (i % in_row == 0 && i > 0) gap(ui, 8);
    cards[i].look.height = height;
    const std::string head = cards[i].said->head.empty() ? "before" : cards[i].said->head;
    if (said_card(ui, "conflicts.value:" + head, *cards[i].said, cards[i].look))
      resolve(one, app::Resolution::kTake, cards[i].said->head, state, commands);
  }
}

const view::SaidValue* main_value(const view::ConflictView& one) {
  const auto mine = std::find_if(one.values.begin(), one.values.end(),
                                 [](const view::SaidValue& said) { return said.mine; });
  if (mine != one.values.end()) return &*mine;
  return one.values.empty() ? nullptr : &one.values.front();
}

void actions(Ui& ui, const view::ConflictView& one, ConflictsState& state, app::CommandQueue& commands) {
  std::size_t next = one.kind == view::ConflictKind::kMergedGroup ? 1 : one.values.size() + 1;
  const auto action = [&](const char* name, const char* key, ImGuiKeyChord chord, bool first,
                          ButtonKind kind = ButtonKind::kPlain) {
    const std::string label = ui.text(key);
    if (!first) beside(ui, button_width(ui, label, chord));
    return button(ui, std::string("conflicts.") + name, label, {kind, chord});
  };
  bool first = true;
  const view::SaidValue* main = main_value(one);
  if (one.kind == view::ConflictKind::kMergedGroup) {
    if (action("looked_at", "conflicts.looked_at", digit(next++), first, ButtonKind::kMain))
      resolve(one, app::Resolution::kLookedAt, {}, state, commands);
    first = false;
  }
  if (one.can_keep_both && main != nullptr) {
    const char* mine = one.values.size() > 2 ? "conflicts.keep_all_mine" : "conflicts.keep_both_mine";
    const char* label = main->mine ? mine : "conflicts.keep_both";
    if (action("keep_both", label, digit(next++), first))
      resolve(one, app::Resolution::kKeepBoth, main->head, state, commands);
    first = false;
  }
  if (action("postpone", "conflicts.postpone", digit(next), first)) {
    commands.push(app::PostponeConflict{one.conflict});
    state.shown.clear();
  }
  if (one.can_open == "visit" && action("open", "conflicts.open_visit", ImGuiKey_O, false))
    commands.push(app::OpenVisit{one.visit});
  if (one.can_open == "member" && action("open", "conflicts.open_member", ImGuiKey_O, false))
    commands.push(app::OpenMember{one.member});
  paragraph(ui, one.consequence, {TextStyle::kSmall, ui.colour().quiet});
}

void top_card(Ui& ui, const view::ConflictView& one, std::size_t number, std::size_t all,
              ConflictsState& state, app::CommandQueue& commands) {
  const Card card(ui, "conflicts.top");
  const std::string dot = " " + ui.text("ui.dot") + " ";
  std::string note = std::to_string(number) + " / " + std::to_string(all);
  if (!one.place.empty()) note += dot + one.place;
  note += dot + one.kind_label;
  if (!one.waiting_for.empty()) note += dot + ui.text("conflicts.waits", {{"time", one.waiting_for}});
  heading(ui, one.name + dot + one.field_label, note);
  if (one.kind == view::ConflictKind::kMergedGroup) paragraph(ui, one.summary);
  gap(ui, 8);
  columns(ui, one, state, commands);
  gap(ui, 12);
  actions(ui, one, state, commands);
}

void rest_card(Ui& ui, const view::ConflictDeskView& view, const std::vector<std::size_t>& places,
               std::size_t shown, ConflictsState& state) {
  if (places.size() < 2) return;
  gap(ui, 16);
  const Card card(ui, "conflicts.rest");
  const std::string more = view.total > view.conflicts.size()
                               ? ui.text("conflicts.first_of", {{"count", std::to_string(view.total)}})
                               : std::string();
  heading(ui, ui.text("conflicts.rest"), more);
  Table table(ui, {{ui.text("conflicts.column.name"), 1, 120},
                   {ui.text("conflicts.column.field"), 1, 150},
                   {ui.text("conflicts.column.values"), 1},
                   {ui.text("conflicts.column.waits"), 1, 110},
                   {ui.text("conflicts.column.kind"), 1, 190}});
  const ScrollArea area(ui, "conflicts.rows", list_height(ui, places.size() - 1));
  table.rows(places.size() - 1, [&](std::size_t i) {
    const view::ConflictView& one = view.conflicts[places[i < shown ? i : i + 1]];
    if (table.begin_row("conflicts.row:" + one.conflict, one.name)) state.shown = one.conflict;
    const bool quiet = one.kind == view::ConflictKind::kMergedGroup;
    const view::Tone tone = quiet ? view::Tone::kQuiet : view::Tone::kPlain;
    table.cell({one.name, tone});
    table.cell({one.field_label, tone});
    table.cell({one.summary, tone});
    table.cell({one.waiting_for, tone});
    table.cell({one.kind_label, tone, quiet ? view::Mark::kDue : view::Mark::kNone});
  });
}

}  // namespace

void draw_told(Ui& ui, const std::vector<view::ConflictDeskView::Told>& told, app::CommandQueue& commands) {
  for (const view::ConflictDeskView::Told& one : told) {
    words_paragraph(ui, {one.sentence, view::Tone::kPlain, view::Mark::kNone});
    const std::string see = ui.text("told.see");
    if (!one.member.is_nil() && button(ui, "told.see:" + one.told, see))
      commands.push(app::OpenMember{one.member});
    const std::string read = ui.text("told.read");
    if (!one.member.is_nil()) beside(ui, button_width(ui, read));
    if (button(ui, "told.read:" + one.told, read)) commands.push(app::DismissTold{one.told});
    const std::string object = ui.text("told.object");
    beside(ui, button_width(ui, object));
    if (button(ui, "told.object:" + one.told, object, {.tip = ui.text("told.object_tip")}))
      commands.push(app::ObjectTold{one.told});
    gap(ui, 8);
  }
}

void draw_conflicts(Ui& ui, const view::ConflictDeskView& view, ConflictsState& state,
                    app::CommandQueue& commands) {
  const std::vector<std::size_t> places = waiting(view, state);
  if (view.state.readiness != view::Readiness::kReady || places.empty()) {
    const Card card(ui, "conflicts.top");
    heading(ui, ui.text("conflicts.title"));
    (void)list_ready(ui, view.state, true, ui.text("conflicts.none"));
  } else {
    const auto found = std::find_if(places.begin(), places.end(), [&](std::size_t place) {
      return view.conflicts[place].conflict == state.shown;
    });
    const std::size_t shown = found == places.end() ? 0 : static_cast<std::size_t>(found - places.begin());
    const std::size_t unlisted = view.total > view.conflicts.size() ? view.total - view.conflicts.size() : 0;
    top_card(ui, view.conflicts[places[shown]], shown + 1, places.size() + unlisted, state, commands);
    rest_card(ui, view, places, shown, state);
  }
  if (view.told.empty()) return;
  gap(ui, 16);
  const Card card(ui, "conflicts.told");
  heading(ui, ui.text("told.title"), ui.text("told.note"));
  draw_told(ui, view.told, commands);
}

}  // namespace lianxin::client::ui
