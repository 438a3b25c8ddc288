#include "client/ui/table.hpp"

#include <algorithm>
#include <cmath>
#include <imgui_internal.h>

#include "client/ui/button.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kCellPadding = 8;
constexpr float kLeastColumn = 84;  ///< "12月31日"
constexpr float kBehindMark = 6;

/// Of a mark in a line of this height.
float mark_side(float line) { return std::round(line * 0.58F); }

/// What each column gets of `rest` by its weight, none less than it needs as long as there is room for all.
std::vector<float> shares_of(const std::vector<Column>& columns, float rest, float least_of_any) {
  std::vector<float> shares(columns.size(), 0);
  float weights = 0;
  float needed = 0;
  const auto need = [&](const Column& column) { return std::max(column.least, least_of_any); };
  for (const Column& column : columns) {
    weights += column.width > 0 ? 0 : column.weight;
    needed += column.width > 0 ? 0 : need(column);
  }
  const bool is_enough = needed <= rest;
  float left = rest;
  for (bool is_settled = false; !is_settled;) {
    is_settled = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const float least = is_enough ? need(columns[i]) : 0;
      const bool is_narrow =
          columns[i].width <= 0 && shares[i] <= 0 && left * columns[i].weight < least * weights;
      if (!is_narrow) continue;
      shares[i] = least;
      left -= least;
      weights -= columns[i].weight;
      is_settled = false;
    }
  }
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].width <= 0 && shares[i] <= 0) shares[i] = left * columns[i].weight / weights;
  return shares;
}

/// x of each column's left edge and of the right end.
std::vector<float> layout(const Ui& ui, const std::vector<Column>& columns, float room) {
  float fixed = 0;
  float weights = 0;
  for (const Column& column : columns) {
    fixed += column.width > 0 ? ui.px(column.width) : 0;
    weights += column.width > 0 ? 0 : column.weight;
  }
  // Too little room: fixed columns shrink alike.
  const float least = weights > 0 ? room * 0.3F : 0;
  const float squeeze = fixed > room - least && fixed > 0 ? (room - least) / fixed : 1.0F;
  const float rest = room - fixed * squeeze;
  const std::vector<float> shares = shares_of(columns, rest, ui.px(kLeastColumn));
  std::vector<float> left = {0};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const float width = columns[i].width > 0 ? ui.px(columns[i].width) * squeeze : shares[i];
    left.push_back(std::round(left.back() + width));
  }
  return left;
}

void line_below(const Ui& ui, float x_from, float x_to, float y) {
  ImGui::GetWindowDrawList()->AddRectFilled({x_from, y - 1}, {x_to, y}, ui.colour().line);
}

/// Small type where only that has room.
TextStyle style_in(const Ui& ui, const std::string& text, float room, TextStyle style) {
  if (style != TextStyle::kNormal || text_size(ui, text, style).x <= room) return style;
  return TextStyle::kSmall;
}

void tip_whole(Ui& ui, const std::string& whole) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(10), ui.px(6)});
  if (ImGui::BeginTooltip()) {
    paragraph(ui, whole, {TextStyle::kSmall}, ui.px(420));
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

/// What was cut, under the mouse.
void tell_whole(Ui& ui, const std::string& whole, ImVec2 min, ImVec2 max) {
  if (ImGui::IsMouseHoveringRect(min, max)) tip_whole(ui, whole);
}

}  // namespace

float least_room(const Ui& ui, const view::Words& words) {
  const float mark = words.mark == view::Mark::kNone
                         ? 0
                         : mark_side(text_size(ui, "0", TextStyle::kNormal).y) + ui.px(kBehindMark);
  return std::ceil(mark + text_size(ui, words.text, TextStyle::kSmall).x + 2 * ui.px(kCellPadding));
}

float two_lines_height(const Ui& ui) { return ui.row_height() + text_size(ui, "0", TextStyle::kSmall).y; }

Table::Table(Ui& ui, std::vector<Column> columns, bool headings)
    : ui_(ui),
      columns_(std::move(columns)),
      left_(layout(ui, columns_, ImGui::GetContentRegionAvail().x)),
      row_height_(ui.row_height()) {
  if (!headings) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.px(28);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::Dummy({left_.back(), height});
  ImGui::PopStyleVar();
  const float down = std::floor((height - text_size(ui, "0", TextStyle::kSmall).y) / 2);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const float width = left_[i + 1] - left_[i] - 2 * ui.px(kCellPadding);
    const std::string shown = fitted(ui, columns_[i].heading, width, TextStyle::kSmall);
    draw_text(ui, {at.x + left_[i] + ui.px(kCellPadding), at.y + down}, shown,
              {TextStyle::kSmall, ui.colour().quiet});
  }
  line_below(ui, at.x, at.x + left_.back(), at.y + height);
}

void Table::two_lines() { row_height_ = two_lines_height(ui_); }

void Table::rows(std::size_t count, const std::function<void(std::size_t)>& draw) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(count), row_height_);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      row_index_ = static_cast<std::size_t>(i);
      draw(row_index_);
      tell_below();
    }
  }
  ImGui::PopStyleVar();
}

void Table::take_focus(std::string_view id, bool selected) {
  if (focus_wanted_)
    ui_.row_focus().give_up();
  else if (!ImGui::GetCurrentWindow()->SkipItems && ImGui::GetTopMostPopupModal() == nullptr)
    focus_wanted_ = ui_.row_focus().takes(id, selected);
  Ui::focus_next(focus_wanted_);
}

bool Table::begin_row(std::string_view id, const std::string& label, bool selected, bool can_open) {
  next_ = 0;
  const ImVec2 size{left_.back(), row_height_};
  if (!can_open) {
    row_min_ = ImGui::GetCursorScreenPos();
    row_max_ = {row_min_.x + size.x, row_min_.y + size.y};
    focused_ = false;
    const ImVec2 keep = ImGui::GetCursorPos();
    ImGui::Dummy(size);
    ImGui::SetCursorPos(keep);
    line_below(ui_, row_min_.x, row_max_.x, row_max_.y);
    ImGui::Dummy(size);
    return false;
  }
  ui_.hint(ImGuiKey_Enter, ui_.text("help.open_row"));
  take_focus(id, selected);
  const NoTabScope no_tab(row_index_ != 0);
  hide_nav_ring();  // a row shows the focus inside its own edges, not over its neighbours
  const PressArea area = press_area(id, label, size);
  ImGui::PopStyleColor();
  row_min_ = area.min;
  row_max_ = area.max;
  focused_ = ImGui::IsItemFocused();
  if (focused_) ui_.row_focus().had(id);
  const bool marked = selected || (focused_ && Ui::keyboard_used());
  if (marked || area.hovered) {
    ImGui::GetWindowDrawList()->AddRectFilled(row_min_, {row_max_.x, row_max_.y - 1},
                                              marked ? ui_.colour().main_pale : ui_.colour().hover);
  }
  line_below(ui_, row_min_.x, row_max_.x, row_max_.y);
  if (focused_ && Ui::keyboard_used()) {
    ImGui::GetWindowDrawList()->AddRect(row_min_, {row_max_.x, row_max_.y - 1}, ui_.colour().focus, 0, 0, 2);
  }
  return area.pressed;
}

float Table::text_top(float height) const {
  return std::floor((2 * row_min_.y + ui_.row_height() - height) / 2);
}

float Table::cell_left(std::size_t column) const { return row_min_.x + left_[column] + ui_.px(kCellPadding); }

float Table::mark_before(const view::Words& words, ImVec2 at, float line) const {
  if (words.mark == view::Mark::kNone) return 0;
  const float side = mark_side(line);
  at.y += std::round((line - side) / 2 + line * 0.04F);
  draw_mark(at, side, words.mark, ui_.theme().of(words.tone), ui_.colour().card);
  return side + ui_.px(kBehindMark);
}

void Table::cell(const view::Words& words, TextStyle style) {
  if (next_ >= columns_.size()) return;
  float x = cell_left(next_);
  const float end = row_min_.x + left_[next_ + 1] - ui_.px(kCellPadding);
  const float line = text_size(ui_, "0", style).y;
  x += mark_before(words, {x, text_top(line)}, line);
  style = style_in(ui_, words.text, end - x, style);
  const std::string shown = fitted(ui_, words.text, end - x, style);
  draw_text(ui_, {x, text_top(text_size(ui_, "0", style).y)}, shown, {style, ui_.theme().of(words.tone)});
  advance(shown, words.text, x, end);
}

void Table::advance(const std::string& shown, const std::string& whole, float from, float to) {
  ++next_;
  if (shown == whole) return;
  if (!tells_focused_ || !focused_ || !Ui::keyboard_used())
    return tell_whole(ui_, whole, {from, row_min_.y}, {to, row_min_.y + ui_.row_height()});
  if (told_.empty()) told_from_ = from;
  told_ += (told_.empty() ? "" : "\n") + whole;
}

void Table::tell_below() {
  if (told_.empty()) return;
  ImGui::SetNextWindowPos({told_from_, row_max_.y + ui_.px(4)});
  tip_whole(ui_, told_);
  told_.clear();
}

void Table::under(const std::string& text) {
  const float x = cell_left(0);
  const float end = row_min_.x + left_.back() - ui_.px(kCellPadding);
  const float y = row_max_.y - text_size(ui_, "0", TextStyle::kSmall).y - ui_.px(6);
  const std::string shown = fitted(ui_, text, end - x, TextStyle::kSmall);
  draw_text(ui_, {x, y}, shown, {TextStyle::kSmall, ui_.colour().quiet});
  if (shown != text) tell_whole(ui_, text, {x, y}, {end, row_max_.y});
}

void Table::cell(const std::string& lead, const view::Words& words) {
  if (lead.empty() || next_ >= columns_.size()) {
    cell(words);
    return;
  }
  float x = cell_left(next_);
  const float end = row_min_.x + left_[next_ + 1] - ui_.px(kCellPadding);
  const float line = text_size(ui_, "0").y;
  x += mark_before(words, {x, text_top(line)}, line);
  std::string separator = ui_.text("ui.lead_separator");
  if (separator == ":") separator += ' ';  // the full-width colon has its room in itself
  const std::string rest = separator + words.text;
  const TextStyle style = style_in(ui_, lead + rest, end - x, TextStyle::kNormal);
  const float y = text_top(text_size(ui_, "0", style).y);
  draw_text(ui_, {x, y}, lead, {style, ui_.theme().of(words.tone)});
  x += text_size(ui_, lead, style).x;
  const std::string shown = fitted(ui_, rest, end - x, style);
  draw_text(ui_, {x, y}, shown, {style});
  advance(shown, rest, x, end);
}

float Table::control_cell(float control_height) {
  const float x = cell_left(next_);
  const float end = row_min_.x + left_[next_ + 1] - ui_.px(kCellPadding);
  ImGui::SetCursorScreenPos({x, std::floor((row_min_.y + row_max_.y - control_height) / 2)});
  ++next_;
  return end - x;
}

}  // namespace lianxin::client::ui
