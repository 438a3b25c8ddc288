#include "client/ui/words.hpp"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"
#include "shared/base/text.hpp"

namespace lianxin::client::ui {
namespace {

ImU32 colour_of(const Ui& ui, const TextLook& look) {
  return look.colour != 0 ? look.colour : ui.colour().text;
}

/// Bytes of the character that begins here; 1 for a broken one.
std::size_t bytes_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  if (byte >= 0xF0) return 4;
  if (byte >= 0xE0) return 3;
  return byte >= 0xC0 ? 2 : 1;
}

bool is_word(std::string_view character) {
  return character.size() == 1 && character[0] > ' ' && character[0] < 0x7F;
}

/// Never at the beginning of a line: full-width closing marks, by their UTF-8 bytes.
bool closes(std::string_view character) {
  constexpr std::string_view kClosing[] = {"\xEF\xBC\x8C",
                                           "\xE3\x80\x82",
                                           "\xE3\x80\x81",
                                           "\xEF\xBC\x9B",
                                           "\xEF\xBC\x9A",
                                           "\xEF\xBC\x81",
                                           "\xEF\xBC\x9F",
                                           "\xEF\xBC\x89",
                                           "\xE3\x80\x8D",
                                           "\xE3\x80\x8B",
                                           "\xE2\x80\x9D",
                                           "\xE2\x80\x99",
                                           "\xE2\x80\xA6",
                                           "\xC2\xB7",
                                           ",",
                                           ".",
                                           ")",
                                           ";"};
  return std::find(std::begin(kClosing), std::end(kClosing), character) != std::end(kClosing);
}

/// Never at the end of a line: full-width opening marks.
bool opens(std::string_view character) {
  constexpr std::string_view kOpening[] = {"\xE2\x80\x9C", "\xE2\x80\x98", "\xEF\xBC\x88",
                                           "\xE3\x80\x8A", "\xE3\x80\x8C", "\xE3\x80\x94"};
  return std::find(std::begin(kOpening), std::end(kOpening), character) != std::end(kOpening);
}

/// The next piece that must stay whole: a word, or a character, with the opening marks before it and the
/// closing ones behind it.
std::size_t piece(std::string_view rest) {
  const auto next = [&](std::size_t at) { return std::min(bytes_of(rest[at]), rest.size() - at); };
  std::size_t end = 0;
  while (end + next(end) < rest.size() && opens(rest.substr(end, next(end))))
    end += next(end);
  const bool begins_word = is_word(rest.substr(end, next(end)));
  end += next(end);
  while (begins_word && end < rest.size() && is_word(rest.substr(end, 1)))
    ++end;
  while (end < rest.size() && closes(rest.substr(end, next(end))))
    end += next(end);
  return end;
}

float width_of(std::string_view part) {
  return ImGui::CalcTextSize(part.data(), part.data() + part.size(), false, -1).x;
}

/// The end of the line that begins at `from` of one paragraph.
std::size_t line_end(std::string_view paragraph, std::size_t from, float width) {
  std::size_t at = from;
  float used = 0;
  while (at < paragraph.size()) {
    const std::size_t step = piece(paragraph.substr(at));
    used += width_of(paragraph.substr(at, step));
    if (used > width && paragraph[at] != ' ') break;
    at += step;
  }
  if (at > from) return at;
  used = 0;  // one piece longer than the line: cut it between characters
  while (at < paragraph.size()) {
    const std::size_t step = std::min(bytes_of(paragraph[at]), paragraph.size() - at);
    used += width_of(paragraph.substr(at, step));
    if (used > width && at > from) break;
    at += step;
  }
  return at;
}

}  // namespace

std::vector<std::string_view> wrapped(const Ui& ui, std::string_view words, float width, TextStyle style) {
  const FontScope font(ui.fonts(), ui.theme(), style);
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t newline = words.find('\n');
    const std::string_view paragraph = words.substr(0, newline);
    std::size_t from = 0;
    do {
      const std::size_t end = line_end(paragraph, from, width);
      lines.push_back(paragraph.substr(from, end - from));
      from = end;
      while (from < paragraph.size() && paragraph[from] == ' ')
        ++from;
    } while (from < paragraph.size());
    if (newline == std::string_view::npos) return lines;
    words.remove_prefix(newline + 1);
  }
}

ImVec2 text_size(const Ui& ui, std::string_view line, TextStyle style) {
  const FontScope font(ui.fonts(), ui.theme(), style);
  return ImGui::CalcTextSize(line.data(), line.data() + line.size(), false, -1);
}

void draw_text(Ui& ui, ImVec2 at, std::string_view line, TextLook look) {
  const FontScope font(ui.fonts(), ui.theme(), look.style);
  ImGui::PushStyleColor(ImGuiCol_Text, colour_of(ui, look));
  ImGui::RenderText({std::floor(at.x), std::floor(at.y)}, line.data(), line.data() + line.size(), false);
  ImGui::PopStyleColor();
}

std::string fitted(const Ui& ui, const std::string& line, float width, TextStyle style) {
  const FontScope font(ui.fonts(), ui.theme(), style);
  if (width_of(line) <= width) return line;
  constexpr std::string_view kDots = "\xE2\x80\xA6";
  const float room = width - width_of(kDots);
  std::size_t end = 0;
  float used = 0;
  while (end < line.size()) {
    const std::size_t step = std::min(bytes_of(line[end]), line.size() - end);
    used += width_of(std::string_view(line).substr(end, step));
    if (used > room) break;
    end += step;
  }
  return line.substr(0, end) + std::string(kDots);
}

void text(Ui& ui, const std::string& line, TextLook look) {
  const FontScope font(ui.fonts(), ui.theme(), look.style);
  ImGui::PushStyleColor(ImGuiCol_Text, colour_of(ui, look));
  ImGui::TextUnformatted(line.data(), line.data() + line.size());
  ImGui::PopStyleColor();
}

void paragraph(Ui& ui, const std::string& words, TextLook look, float width) {
  if (words.empty()) return;
  const FontScope font(ui.fonts(), ui.theme(), look.style);
  const float room = width > 0 ? width : ImGui::GetContentRegionAvail().x;
  const GroupScope group;  // ends last: the room below it is an ordinary one
  ImGui::PushStyleColor(ImGuiCol_Text, colour_of(ui, look));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
  for (std::string_view line : wrapped(ui, words, room, look.style))
    ImGui::TextUnformatted(line.data(), line.data() + line.size());
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

void cut_text(Ui& ui, const std::string& line, float width, TextLook look) {
  const std::string shown = fitted(ui, line, width, look.style);
  text(ui, shown, look);
  if (shown != line) tip(ui, line);
}

void draw_mark(ImVec2 at, float side, view::Mark mark, ImU32 colour, ImU32 inner) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 middle{at.x + side / 2, at.y + side / 2};
  const float half = side / 2;
  switch (mark) {
    case view::Mark::kNeedsYou:
      list->AddTriangleFilled({middle.x, at.y}, {at.x + side, at.y + side * 0.92F},
                              {at.x, at.y + side * 0.92F}, colour);
      list->AddLine({middle.x, at.y + side * 0.34F}, {middle.x, at.y + side * 0.62F}, inner, side * 0.13F);
      list->AddCircleFilled({middle.x, at.y + side * 0.77F}, side * 0.075F, inner, 8);
      break;
    case view::Mark::kToday:
      list->AddQuadFilled({middle.x, at.y}, {at.x + side, middle.y}, {middle.x, at.y + side},
                          {at.x, middle.y}, colour);
      break;
    case view::Mark::kDue:
      list->AddCircleFilled(middle, half * 0.86F, colour, 24);
      break;
    case view::Mark::kCare:
      list->AddRectFilled({at.x + side * 0.1F, at.y + side * 0.1F}, {at.x + side * 0.9F, at.y + side * 0.9F},
                          colour);
      break;
    case view::Mark::kSettled: {
      const ImVec2 points[] = {{at.x + side * 0.06F, at.y + side * 0.54F},
                               {at.x + side * 0.36F, at.y + side * 0.86F},
                               {at.x + side * 0.96F, at.y + side * 0.14F}};
      list->AddPolyline(points, 3, colour, 0, side * 0.14F);
      break;
    }
    case view::Mark::kNone:
      break;
  }
}

void mark(Ui& ui, view::Mark mark, ImU32 colour, TextStyle style) {
  const FontScope font(ui.fonts(), ui.theme(), style);
  const float line = ImGui::GetTextLineHeight();
  const float side = std::round(line * 0.58F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({side, line});
  draw_mark({at.x, at.y + std::round((line - side) / 2 + line * 0.04F)}, side, mark, colour,
            ui.colour().card);
}

void words(Ui& ui, const view::Words& words, TextStyle style) {
  const ImU32 colour = ui.theme().of(words.tone);
  if (words.mark != view::Mark::kNone) {
    mark(ui, words.mark, colour, style);
    ImGui::SameLine(0, ui.px(6));
  }
  text(ui, words.text, {style, colour});
}

void words_paragraph(Ui& ui, const view::Words& words, TextStyle style, float width) {
  const ImU32 colour = ui.theme().of(words.tone);
  const float start = ImGui::GetCursorPosX();
  if (words.mark != view::Mark::kNone) {
    mark(ui, words.mark, colour, style);
    ImGui::SameLine(0, ui.px(6));
  }
  const float taken = ImGui::GetCursorPosX() - start;
  paragraph(ui, words.text, {style, colour}, width > 0 ? width - taken : 0);
}

void heading(Ui& ui, const std::string& title, const std::string& note, float keep_right) {
  const float room = ImGui::GetContentRegionAvail().x - keep_right;
  // A long title is cut before it leaves the card, and leaves room for some of the note.
  constexpr float kNoteShare = 0.25F;
  const float wanted = note.empty() ? 0 : text_size(ui, note, TextStyle::kSmall).x + ui.px(8);
  cut_text(ui, title, room - std::min(wanted, room * kNoteShare), {TextStyle::kHeading});
  if (note.empty()) return;
  ImGui::SameLine(0, ui.px(8));
  const float ascent = text_size(ui, "0", TextStyle::kHeading).y - text_size(ui, "0", TextStyle::kSmall).y;
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::round(ascent * 0.8F));
  cut_text(ui, note, ImGui::GetContentRegionAvail().x - keep_right, {TextStyle::kSmall, ui.colour().quiet});
}

void tip(Ui& ui, const std::string& words) {
  if (words.empty()) return;
  const bool focused = Ui::keyboard_used() && ImGui::IsItemFocused();
  if (!focused && !ImGui::IsItemHovered(ImGuiHoveredFlags_DelayShort | ImGuiHoveredFlags_AllowWhenDisabled))
    return;
  if (focused) {
    const ImVec2 below{ImGui::GetItemRectMin().x, ImGui::GetItemRectMax().y + ui.px(6)};
    ImGui::SetNextWindowPos(below);
  }
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(10), ui.px(6)});
  if (ImGui::BeginTooltip()) {
    paragraph(ui, words, {TextStyle::kSmall}, ui.px(420));
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar();
}

}  // namespace lianxin::client::ui
