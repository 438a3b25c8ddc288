#include "client/ui/shell.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "client/ui/button.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"
#include "imgui_internal.h"

namespace lianxin::client::ui {
namespace {

constexpr float kPadding = 16;
constexpr float kNavRow = 40;

void plate(const Ui& ui, ImVec2 min, ImVec2 max) {
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, ui.colour().card);
}

void title(Ui& ui, const view::ShellView& view, float height, float room) {
  const float line = text_size(ui, "0", TextStyle::kHeading).y;
  const float y = std::floor((height - line) / 2);
  const std::string product = ui.text("ui.product");
  draw_text(ui, {ui.px(kPadding), y}, product, {TextStyle::kHeading});
  const float x = ui.px(kPadding) + text_size(ui, product, TextStyle::kHeading).x + ui.px(16);
  std::string who = view.place;
  if (!view.person.empty()) who += (who.empty() ? "" : " " + ui.text("shell.separator") + " ") + view.person;
  const float down = text_size(ui, "0").y;
  draw_text(ui, {x, std::floor((height - down) / 2)}, fitted(ui, who, room - x, TextStyle::kNormal),
            {TextStyle::kNormal, ui.colour().quiet});
}

void search(Ui& ui, float x, float width, float height, ShellState& state, MembersState& members,
            app::CommandQueue& commands) {
  ImGui::SetCursorPos({x, std::floor((height - ui.control_height()) / 2)});
  const bool comes = state.search_focus;
  Ui::focus_next(state.search_focus);
  const std::string key = Ui::key_name(ImGuiMod_Ctrl | ImGuiKey_F);
  FieldLook look;
  look.placeholder = fitted(ui, ui.text("shell.search"), width - ui.px(90), TextStyle::kNormal);
  look.width = width;
  look.bytes_max = 200;
  look.anew = true;
  const FieldEvent event = text_field(ui, "shell.search", members.query, look);
  const bool active = ImGui::IsItemActive();
  state.search_active = active || comes;
  const ImVec2 max = ImGui::GetItemRectMax();
  if (members.query.empty() && !active) {
    const ImVec2 size = text_size(ui, key, TextStyle::kSmall);
    draw_text(ui, {max.x - size.x - ui.px(11), max.y - size.y - ui.px(8)}, key,
              {TextStyle::kSmall, ui.colour().quiet});
  }
  if (event.changed) commands.push(app::Search{members.query});
  if (event.changed && state.page != view::Page::kMembers) commands.push(app::OpenPage{view::Page::kMembers});
  if (event.entered) members.open_first = true;
  if (active && ImGui::IsKeyPressed(ImGuiKey_DownArrow)) members.focus_rows = true;
}

/// How many wait, in no more than `room` pixels: beside a long name it says less.
std::string badge_count(const Ui& ui, std::uint32_t waiting, float room) {
  for (const std::uint32_t most : {999U, 99U}) {
    std::string count = waiting > most ? std::to_string(most) + "+" : std::to_string(waiting);
    if (text_size(ui, count, TextStyle::kSmall).x + ui.px(14) <= room) return count;
  }
  return waiting > 9 ? "9+" : std::to_string(waiting);
}

void badge(Ui& ui, ImVec2 right_middle, const view::NavItem& item, float room) {
  if (item.waiting == 0) return;
  const std::string count = badge_count(ui, item.waiting, room);
  const ImVec2 size = text_size(ui, count, TextStyle::kSmall);
  const float height = size.y + ui.px(2);
  const float width = std::max(height, size.x + ui.px(14));
  const ImVec2 min{right_middle.x - width, right_middle.y - height / 2};
  const ImVec2 max{right_middle.x, right_middle.y + height / 2};
  const Palette& c = ui.colour();
  ImGui::GetWindowDrawList()->AddRectFilled(min, max, item.needs_you ? c.main : c.badge, height / 2);
  draw_text(ui, {min.x + (width - size.x) / 2, min.y + (height - size.y) / 2}, count,
            {TextStyle::kSmall, item.needs_you ? c.main_text : c.text});
}

/// The first ten pages have a digit: 1 ... 9, 0.
constexpr std::size_t kPagesWithDigit = 10;
ImGuiKeyChord page_digit(std::size_t index) {
  return ImGuiMod_Alt | static_cast<ImGuiKey>(ImGuiKey_0 + static_cast<int>((index + 1) % kPagesWithDigit));
}

bool nav_row(Ui& ui, const view::NavItem& item, bool current, std::size_t index, ImVec2 size) {
  const std::string name = ui.text(page_key(item.page));
  const NoTabScope no_tab(!current);
  const PressArea area = press_area("nav." + page_key(item.page).substr(5), name, size);
  if (index < kPagesWithDigit) tip(ui, Ui::key_name(page_digit(index)));
  const Palette& c = ui.colour();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (current || area.hovered)
    list->AddRectFilled(area.min, {area.max.x - 1, area.max.y}, current ? c.main_pale : c.hover);
  if (current) list->AddRectFilled(area.min, {area.min.x + ui.px(3), area.max.y}, c.main);
  const float y = std::floor((area.min.y + area.max.y - text_size(ui, "0").y) / 2);
  const float badge_room = item.waiting > 0 ? ui.px(54) : ui.px(12);
  draw_text(ui, {area.min.x + ui.px(kPadding), y},
            fitted(ui, name, size.x - ui.px(kPadding) - badge_room, TextStyle::kNormal),
            {TextStyle::kNormal, current ? c.main : c.text});
  const float beside_name = size.x - ui.px(kPadding + 12 + 6) - text_size(ui, name).x;
  badge(ui, {area.max.x - ui.px(12), (area.min.y + area.max.y) / 2}, item, beside_name);
  return area.pressed && !current;
}

/// To the page above or below, for those without a digit.
void step_page(Ui& ui, const std::vector<view::NavItem>& nav, view::Page page, app::CommandQueue& commands) {
  const bool down = ui.pressed(ImGuiMod_Ctrl | ImGuiKey_PageDown);
  const bool up = ui.pressed(ImGuiMod_Ctrl | ImGuiKey_PageUp);
  if (up == down) return;
  const auto here =
      std::find_if(nav.begin(), nav.end(), [&](const view::NavItem& item) { return item.page == page; });
  if (here == nav.end() || (up && here == nav.begin()) || (down && here + 1 == nav.end())) return;
  commands.push(app::OpenPage{(down ? here + 1 : here - 1)->page});
}

/// The arrows of a page stay in it: what is above its first row is neither the bar nor the navigation.
bool is_arrow_from_elsewhere() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const bool is_up_or_down = context.NavMoveDir == ImGuiDir_Up || context.NavMoveDir == ImGuiDir_Down;
  const bool is_tab = (context.NavMoveFlags & ImGuiNavMoveFlags_IsTabbing) != 0;
  const bool is_here = context.NavWindow == ImGui::GetCurrentWindow();
  return context.NavMoveScoringItems && is_up_or_down && !is_tab && !is_here;
}

}  // namespace

std::string page_key(view::Page page) {
  switch (page) {
    case view::Page::kToday:
      return "page.today";
    case view::Page::kMembers:
      return "page.members";
    case view::Page::kVisits:
      return "page.visits";
    case view::Page::kDeliveries:
      return "page.deliveries";
    case view::Page::kCases:
      return "page.cases";
    case view::Page::kHardship:
      return "page.hardship";
    case view::Page::kConflicts:
      return "page.conflicts";
    case view::Page::kSync:
      return "page.sync";
    case view::Page::kReports:
      return "page.reports";
    case view::Page::kImport:
      return "page.import";
    case view::Page::kSettings:
      return "page.settings";
    case view::Page::kDuplicates:
      return "page.duplicates";
    case view::Page::kRecords:
      return "page.records";
    case view::Page::kForms:
      return "page.forms";
  }
  return "page.today";
}

ShellSizes shell_sizes(const Ui& ui) { return {ui.px(52), ui.px(152), ui.px(32)}; }

void draw_bar(Ui& ui, const view::ShellView& view, ShellState& state, MembersState& members,
              app::CommandQueue& commands) {
  const float height = shell_sizes(ui).bar;
  const float width = ImGui::GetIO().DisplaySize.x;
  plate(ui, {0, 0}, {width, height});
  ImGui::GetWindowDrawList()->AddRectFilled({0, height - 1}, {width, height}, ui.colour().line);
  const std::string visit = ui.text("shell.new_visit");
  constexpr ImGuiKeyChord kVisitKey = ImGuiMod_Ctrl | ImGuiKey_N;
  const float visit_width = button_width(ui, visit, kVisitKey);
  const float visit_x = width - ui.px(kPadding) - visit_width;
  const float search_width = std::min(ui.px(430), (visit_x - ui.px(32)) * 0.6F);
  const float search_x = visit_x - ui.px(16) - search_width;
  title(ui, view, height, search_x - ui.px(16));
  const NoFocusScope no_focus(is_arrow_from_elsewhere());
  search(ui, search_x, search_width, height, state, members, commands);
  ImGui::SetCursorPos({visit_x, std::floor((height - ui.control_height()) / 2)});
  state.new_visit = button(ui, "shell.new_visit", visit, {ButtonKind::kMain, kVisitKey});
}

void draw_navigation(Ui& ui, const view::ShellView& view, const ShellState& state,
                     app::CommandQueue& commands) {
  const ShellSizes sizes = shell_sizes(ui);
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  const float bottom = window.y - sizes.status;
  plate(ui, {0, sizes.bar}, {sizes.navigation, bottom});
  ImGui::GetWindowDrawList()->AddRectFilled({sizes.navigation - 1, sizes.bar}, {sizes.navigation, bottom},
                                            ui.colour().line);
  ImGui::SetCursorPos({0, sizes.bar});
  begin_child("navigation", {sizes.navigation, bottom - sizes.bar});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::SetCursorPosY(ui.px(8));
  // At large text the rows close up before they scroll.
  const float fitting = std::floor((bottom - sizes.bar - ui.px(16)) /
                                   static_cast<float>(std::max<std::size_t>(1, view.nav.size())));
  const float row = std::max(std::min(ui.px(kNavRow), fitting), text_size(ui, "0").y);
  {
    const NoFocusScope no_focus(is_arrow_from_elsewhere());
    for (std::size_t i = 0; i < view.nav.size(); ++i) {
      const view::NavItem& item = view.nav[i];
      bool wanted = nav_row(ui, item, item.page == state.page, i, {sizes.navigation, row});
      if (i < kPagesWithDigit) wanted = ui.pressed(page_digit(i)) || wanted;
      if (wanted) commands.push(app::OpenPage{item.page});
    }
  }
  step_page(ui, view.nav, state.page, commands);
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

namespace {

/// The most that each of these widths may be so that all of them fit into `room`: the longest ones give way.
/// Where they fit as they are, no limit.
float shared_room(std::vector<float> wanted, float room) {
  std::sort(wanted.begin(), wanted.end());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const float share = room / static_cast<float>(wanted.size() - i);
    if (wanted[i] > share) return std::max(0.0F, share);
    room -= wanted[i];
  }
  return std::numeric_limits<float>::max();
}

/// The small line at the foot of the window, piece after piece.
class StatusLine {
 public:
  StatusLine(Ui& ui, ImVec2 at) : ui_(ui), at_(at), line_(text_size(ui, "0", TextStyle::kSmall).y) {
    dot_ = "  " + ui.text("shell.separator") + "  ";
  }

  /// What a piece takes beside its words: its mark, and what parts it from the one before.
  [[nodiscard]] float beside(const view::Words& piece, bool is_first) const {
    return (is_first ? 0 : size(dot_)) + (piece.mark == view::Mark::kNone ? 0 : side() + ui_.px(5));
  }
  [[nodiscard]] float size(const std::string& words) const {
    return text_size(ui_, words, TextStyle::kSmall).x;
  }
  /// The most that words of a piece may take so that all of them fit into `room`.
  [[nodiscard]] float most_of(const std::vector<view::Words>& pieces, float room) const {
    std::vector<float> wanted;
    for (const view::Words& piece : pieces) {
      room -= beside(piece, wanted.empty());
      wanted.push_back(size(piece.text));
    }
    return shared_room(std::move(wanted), room);
  }
  /// Without those that say what is well, or stands on a page of its own, while the rest would be cut to
  /// pieces that nobody can read.
  [[nodiscard]] std::vector<view::Words> that_fit(std::vector<view::Words> pieces, float room) const {
    constexpr float kReadable = 150;
    for (const view::Tone tone : {view::Tone::kQuiet, view::Tone::kPlain}) {
      const auto is_so = [&](const view::Words& piece) { return piece.tone == tone; };
      while (pieces.size() > 1 && most_of(pieces, room) < ui_.px(kReadable)) {
        const auto one = std::find_if(pieces.begin(), pieces.end(), is_so);
        if (one == pieces.end()) break;
        pieces.erase(one);
      }
    }
    return pieces;
  }
  /// At most `width` of its words, the whole of them in a tooltip.
  void draw(const view::Words& piece, float width) {
    const ImU32 colour = piece.tone == view::Tone::kPlain ? ui_.colour().quiet : ui_.theme().of(piece.tone);
    if (!is_first_) {
      draw_text(ui_, at_, dot_, {TextStyle::kSmall, ui_.colour().quiet});
      at_.x += size(dot_);
    }
    is_first_ = false;
    if (piece.mark != view::Mark::kNone) {
      draw_mark({at_.x, at_.y + std::round((line_ - side()) / 2 + line_ * 0.04F)}, side(), piece.mark, colour,
                ui_.colour().card);
      at_.x += side() + ui_.px(5);
    }
    const std::string shown = fitted(ui_, piece.text, width, TextStyle::kSmall);
    draw_text(ui_, at_, shown, {TextStyle::kSmall, colour});
    if (shown != piece.text) {
      ImGui::SetCursorPos(at_);
      ImGui::Dummy({size(shown), line_});
      tip(ui_, piece.text);
    }
    at_.x += size(shown);
  }

 private:
  [[nodiscard]] float side() const { return std::round(line_ * 0.58F); }

  Ui& ui_;
  ImVec2 at_;
  float line_;
  std::string dot_;
  bool is_first_ = true;
};

}  // namespace

void draw_status(Ui& ui, const view::ShellView& view, ShellState& state) {
  const ShellSizes sizes = shell_sizes(ui);
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  const float top = window.y - sizes.status;
  plate(ui, {0, top}, {window.x, window.y});
  ImGui::GetWindowDrawList()->AddRectFilled({0, top}, {window.x, top + 1}, ui.colour().line);
  const std::string keys = Ui::key_name(ImGuiKey_F1) + " " + ui.text("shell.help_key");
  const float keys_width = text_size(ui, keys, TextStyle::kSmall).x;
  const float line = text_size(ui, "0", TextStyle::kSmall).y;
  const float y = top + std::floor((sizes.status - line) / 2);
  const float end = window.x - ui.px(kPadding) - keys_width;
  StatusLine pieces(ui, {ui.px(kPadding), y});
  float room = end - ui.px(16) - ui.px(kPadding);
  float receipt = 0;
  if (!view.receipt.text.empty()) {
    room -= pieces.beside(view.receipt, view.status.empty());
    receipt = std::min(pieces.size(view.receipt.text), room);
    room -= receipt;
  }
  const std::vector<view::Words> shown = pieces.that_fit(view.status, room);
  const float most = pieces.most_of(shown, room);
  for (const view::Words& piece : shown)
    pieces.draw(piece, most);
  if (!view.receipt.text.empty()) pieces.draw(view.receipt, receipt);
  ImGui::SetCursorPos({end, y});
  const NoTabScope no_tab;
  const PressArea area = press_area("shell.help", keys, {keys_width, line});
  draw_text(ui, area.min, keys, {TextStyle::kSmall, area.hovered ? ui.colour().focus : ui.colour().quiet});
  if (area.pressed || ui.pressed(ImGuiKey_F1)) open_help(ui, state.help);
}

}  // namespace lianxin::client::ui
