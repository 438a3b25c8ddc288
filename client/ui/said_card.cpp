#include "client/ui/said_card.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kPaddingX = 16;
constexpr float kPaddingY = 12;

/// Long values (an address, a remark) are compared in the text's size.
bool is_long(const Ui& ui, const std::string& value, float room) {
  return value.find('\n') != std::string::npos || text_size(ui, value, TextStyle::kValueStrong).x > room;
}

std::string shown(const Ui& ui, const view::SaidValue& said) {
  return said.value.empty() ? ui.text("conflicts.cleared") : said.value;
}

/// The value with the differing part bold, on one line.
void short_value(Ui& ui, const view::SaidValue& said) {
  const std::string value = shown(ui, said);
  const std::size_t from = std::min<std::size_t>(said.differs_from, value.size());
  const std::size_t to = std::clamp<std::size_t>(said.differs_to, from, value.size());
  const std::string_view whole(value);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = text_size(ui, "0", TextStyle::kValue).y;
  float x = at.x;
  const auto part = [&](std::string_view piece, TextStyle style) {
    if (piece.empty()) return;
    const ImU32 colour = said.value.empty() ? ui.colour().quiet : ui.colour().text;
    draw_text(ui, {x, at.y}, piece, {style, colour});
    x += text_size(ui, piece, style).x;
  };
  part(whole.substr(0, from), TextStyle::kValue);
  part(whole.substr(from, to - from), TextStyle::kValueStrong);
  part(whole.substr(to), TextStyle::kValue);
  ImGui::Dummy({x - at.x, line});
}

std::string who_line(const Ui& ui, const view::SaidValue& said, SaidKind kind) {
  const char* key = kind == SaidKind::kBefore ? "conflicts.before"
                    : kind == SaidKind::kMine ? "conflicts.mine"
                                              : "conflicts.theirs";
  return said.who.empty() ? ui.text(key) : ui.text(key) + " " + ui.text("ui.dot") + " " + said.who;
}

std::string known_line(const Ui& ui, const view::SaidValue& said) {
  std::string line = said.when;
  if (!said.how_known.empty()) line += (line.empty() ? "" : " " + ui.text("ui.dot") + " ") + said.how_known;
  return line + said.how_detail;
}

void notes(Ui& ui, const view::SaidValue& said, SaidKind kind) {
  const TextLook small{TextStyle::kSmall};
  paragraph(ui, known_line(ui, said), small);
  if (kind == SaidKind::kBefore)
    paragraph(ui, ui.text("conflicts.before_note"), {TextStyle::kSmall, ui.colour().quiet});
  paragraph(ui, said.remark, small);
  if (said.clock_suspect)
    words_paragraph(ui, {ui.text("conflicts.clock"), view::Tone::kAgeing, view::Mark::kDue},
                    TextStyle::kSmall);
  if (said.shown_now && kind != SaidKind::kBefore)
    words_paragraph(ui, {ui.text("conflicts.shown_now"), view::Tone::kQuiet}, TextStyle::kSmall);
}

float paragraph_height(const Ui& ui, const std::string& words, TextStyle style, float room) {
  if (words.empty()) return 0;
  const auto lines = static_cast<float>(wrapped(ui, words, room, style).size());
  return lines * text_size(ui, "0", style).y + ImGui::GetStyle().ItemSpacing.y;
}

}  // namespace

float said_height(Ui& ui, const view::SaidValue& said, const SaidLook& look) {
  const float room = look.width - 2 * ui.px(kPaddingX);
  const std::string value = shown(ui, said);
  float height =
      2 * ui.px(kPaddingY) + text_size(ui, "0", TextStyle::kSmall).y + ImGui::GetStyle().ItemSpacing.y;
  height += is_long(ui, value, room)
                ? paragraph_height(ui, value, TextStyle::kNormal, room)
                : text_size(ui, "0", TextStyle::kValue).y + ImGui::GetStyle().ItemSpacing.y;
  height += paragraph_height(ui, known_line(ui, said), TextStyle::kSmall, room);
  height += paragraph_height(ui, said.remark, TextStyle::kSmall, room);
  if (look.kind == SaidKind::kBefore)
    height += paragraph_height(ui, ui.text("conflicts.before_note"), TextStyle::kSmall, room);
  if (said.clock_suspect) height += paragraph_height(ui, ui.text("conflicts.clock"), TextStyle::kSmall, room);
  if (said.shown_now) height += paragraph_height(ui, ui.text("conflicts.shown_now"), TextStyle::kSmall, room);
  if (!look.take.empty()) height += ui.control_height() + ui.px(8);
  return height;
}

bool said_card(Ui& ui, std::string_view id, const view::SaidValue& said, const SaidLook& look) {
  const bool mine = look.kind == SaidKind::kMine;
  const ImU32 fill = look.kind == SaidKind::kBefore ? ui.colour().background : ui.colour().card;
  ImGui::PushStyleColor(ImGuiCol_ChildBg, fill);
  ImGui::PushStyleColor(ImGuiCol_Border, mine ? ui.colour().focus : ui.colour().line);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, ui.px(4));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, mine ? 2.0F : ui.theme().border);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(kPaddingX), ui.px(kPaddingY)});
  const std::string key(id);
  begin_child(key.c_str(), {look.width, look.height}, true, 0,
              ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  cut_text(ui, who_line(ui, said, look.kind), ImGui::GetContentRegionAvail().x,
           {TextStyle::kSmall, ui.colour().quiet});
  const std::string value = shown(ui, said);
  if (is_long(ui, value, ImGui::GetContentRegionAvail().x)) {
    paragraph(ui, value);
  } else {
    short_value(ui, said);
  }
  notes(ui, said, look.kind);
  bool taken = false;
  if (!look.take.empty()) {
    ImGui::SetCursorPosY(look.height - ui.px(kPaddingY) - ui.control_height());
    taken = button(ui, key + ".take", look.take, {mine ? ButtonKind::kMain : ButtonKind::kPlain, look.key});
  }
  ImGui::EndChild();
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(2);
  return taken;
}

}  // namespace lianxin::client::ui
