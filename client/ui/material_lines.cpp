#include "client/ui/material_lines.hpp"

#include <algorithm>
#include <string>

#include "client/ui/button.hpp"
#include "client/ui/field.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr std::uint32_t kQuantityMax = 10000;

const view::StockLine* stock_of(const std::vector<view::StockLine>& bag, const Id& material) {
  const auto found = std::find_if(bag.begin(), bag.end(),
                                  [&](const view::StockLine& one) { return one.material == material; });
  return found == bag.end() ? nullptr : &*found;
}

/// The number typed, 0 for none; what is no digit does not count.
std::uint32_t number_of(const std::string& typed) {
  std::uint32_t number = 0;
  for (const char c : typed) {
    if (c >= '0' && c <= '9')
      number = std::min(kQuantityMax, number * 10 + static_cast<std::uint32_t>(c - '0'));
  }
  return number;
}

/// By mouse alone: Tab stops at the number beside it, which is typed.
bool step(Ui& ui, const std::string& id, const std::string& sign, bool enabled) {
  const NoTabScope no_tab;
  return button(ui, id, sign, {.enabled = enabled, .width = ui.control_height()});
}

view::Words left_in_bag(const Ui& ui, const view::StockLine* stock, std::uint32_t quantity) {
  if (stock == nullptr) return {ui.text("material.not_in_bag"), view::Tone::kAgeing, view::Mark::kDue};
  const std::string count = std::to_string(stock->in_bag);
  if (stock->in_bag >= static_cast<std::int64_t>(quantity))
    return {ui.text("material.in_bag", {{"count", count}}), view::Tone::kQuiet};
  return {ui.text("material.too_many", {{"count", count}}), view::Tone::kAgeing, view::Mark::kDue};
}

bool handed_line(Ui& ui, const std::string& id, const view::StockLine* stock, view::HandedDraft& line) {
  const std::uint32_t before = line.quantity;
  const float controls = 2 * ui.control_height() + ui.px(60) + 3 * ui.px(8);
  const float start = ImGui::GetCursorPosX();
  const float room = ImGui::GetContentRegionAvail().x;
  const float name_width = std::min(room - controls, ui.px(300));
  {
    const GroupScope group;
    const float top = ImGui::GetCursorPosY();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    cut_text(ui, stock != nullptr ? stock->name : ui.text("material.unknown"), name_width);
    words_paragraph(ui, left_in_bag(ui, stock, line.quantity), TextStyle::kSmall, name_width);
    ImGui::PopStyleVar();
    ImGui::SetCursorPosY(std::max(ImGui::GetCursorPosY(), top + ui.control_height()));
  }
  ImGui::SameLine(0, 0);
  ImGui::SetCursorPosX(start + name_width + ui.px(8));
  if (step(ui, id + ".less", ui.text("material.less"), line.quantity > 1)) --line.quantity;
  ImGui::SameLine(0, ui.px(8));
  std::string typed = line.quantity == 0 ? std::string() : std::to_string(line.quantity);
  if (text_field(ui, id + ".count", typed, {.width = ui.px(60), .bytes_max = 5}).changed)
    line.quantity = number_of(typed);
  ImGui::SameLine(0, ui.px(8));
  if (step(ui, id + ".more", ui.text("material.more"), line.quantity < kQuantityMax)) ++line.quantity;
  return line.quantity != before;
}

/// A long name is cut in front of its count: how many are left is what one looks for.
view::Choices bag_choices(const Ui& ui, const std::vector<view::StockLine>& bag) {
  view::Choices choices;
  constexpr float kDigitAndEdges = 24 + 6 + 12;  // of an option, as button.cpp draws it
  const float room = ImGui::GetContentRegionAvail().x - ui.px(kDigitAndEdges);
  for (const view::StockLine& stock : bag) {
    const std::string count = std::to_string(stock.in_bag);
    const auto words = [&](const std::string& name) {
      return ui.text("material.option", {{"name", name}, {"count", count}});
    };
    const float left = room - text_size(ui, words("")).x;
    choices.push_back({stock.material.text(), words(fitted(ui, stock.name, left, TextStyle::kNormal))});
  }
  return choices;
}

}  // namespace

bool material_lines(Ui& ui, std::string_view id, const std::vector<view::StockLine>& bag,
                    std::vector<view::HandedDraft>& lines) {
  const std::string key(id);
  std::vector<std::string> chosen;
  chosen.reserve(lines.size());
  for (const view::HandedDraft& line : lines)
    chosen.push_back(line.material.text());
  bool changed = false;
  if (bag.empty()) {
    paragraph(ui, ui.text("material.empty"), {TextStyle::kSmall, ui.colour().quiet});
  } else if (choice_set(ui, key, bag_choices(ui, bag), chosen)) {
    changed = true;
    std::erase_if(lines, [&](const view::HandedDraft& line) {
      return std::find(chosen.begin(), chosen.end(), line.material.text()) == chosen.end();
    });
    const Id added = chosen.empty() ? Id() : Id::parse(chosen.back()).value();
    const bool there = std::any_of(lines.begin(), lines.end(),
                                   [&](const view::HandedDraft& line) { return line.material == added; });
    if (!chosen.empty() && !there) lines.push_back({added, 1});
  }
  for (view::HandedDraft& line : lines) {
    changed =
        handed_line(ui, key + ".line:" + line.material.text(), stock_of(bag, line.material), line) || changed;
  }
  return changed;
}

}  // namespace lianxin::client::ui
