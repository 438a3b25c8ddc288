#include "client/ui/shell.hpp"

#include <algorithm>
#include <cmath>

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
  float x = ui.px(kPadding);
  for (std::size_t i = 0; i < view.status.size(); ++i) {
    const view::Words& piece = view.status[i];
    const ImU32 colour = piece.tone == view::Tone::kPlain ? ui.colour().quiet : ui.theme().of(piece.tone);
    if (i > 0) {
      const std::string dot = "  " + ui.text("shell.separator") + "  ";
      draw_text(ui, {x, y}, dot, {TextStyle::kSmall, ui.colour().quiet});
      x += text_size(ui, dot, TextStyle::kSmall).x;
    }
    if (piece.mark != view::Mark::kNone) {
      const float side = std::round(line * 0.58F);
      draw_mark({x, y + std::round((line - side) / 2 + line * 0.04F)}, side, piece.mark, colour,
                ui.colour().card);
      x += side + ui.px(5);
    }
    const std::string shown = fitted(ui, piece.text, end - ui.px(16) - x, TextStyle::kSmall);
    draw_text(ui, {x, y}, shown, {TextStyle::kSmall, colour});
    x += text_size(ui, shown, TextStyle::kSmall).x;
    if (shown != piece.text) break;
  }
  ImGui::SetCursorPos({end, y});
  const NoTabScope no_tab;
  const PressArea area = press_area("shell.help", keys, {keys_width, line});
  draw_text(ui, area.min, keys, {TextStyle::kSmall, area.hovered ? ui.colour().focus : ui.colour().quiet});
  if (area.pressed || ui.pressed(ImGuiKey_F1)) open_help(ui, state.help);
}

}  // namespace lianxin::client::ui
