#include "client/ui/layout.hpp"

#include <algorithm>
#include <cmath>

#include "client/ui/words.hpp"
#include "imgui_internal.h"

namespace lianxin::client::ui {
namespace {

constexpr float kLabelWidth = 112;
constexpr float kMainLeast = 640;
constexpr float kAboveFootLeast = 160;
constexpr float kPageLeast = 320;
constexpr float kCardEdge = 12;
constexpr float kGapOfFoot = 8;

/// Beside a control of one line: a label too long for it stands in two small ones, and only a longer one is
/// cut.
void row_label(Ui& ui, const std::string& label, float width) {
  const bool is_long = text_size(ui, label).x > width;
  const TextLook look{is_long ? TextStyle::kSmall : TextStyle::kNormal};
  const std::size_t lines = is_long ? wrapped(ui, label, width, look.style).size() : 1;
  const float shown = static_cast<float>(lines == 2 ? 2 : 1) * text_size(ui, "0", look.style).y;
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::floor((ui.control_height() - shown) / 2));
  if (lines == 2)
    paragraph(ui, label, look, width);
  else
    cut_text(ui, label, width, look);
}

/// The part that is drawn, where it has nothing that takes the focus.
void scroll_by_keys(Ui& ui) {
  if (ImGui::GetScrollMaxY() <= 0) return;
  // Else the library moves the focus a page on, out of the card.
  for (const ImGuiKey key : {ImGuiKey_PageDown, ImGuiKey_PageUp})
    ImGui::SetKeyOwner(key, ImGui::GetCurrentWindow()->ID);
  constexpr float kShare = 0.8F;
  const float step = ImGui::GetWindowHeight() * kShare;
  if (ui.pressed(ImGuiKey_PageDown, ui.text("help.scroll_down")))
    ImGui::SetScrollY(ImGui::GetScrollY() + step);
  if (ui.pressed(ImGuiKey_PageUp, ui.text("help.scroll_up")))
    ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() - step));
}

}  // namespace

void begin_child(const char* name, ImVec2 size, bool edge, ImGuiChildFlags flags,
                 ImGuiWindowFlags window_flags) {
#if IMGUI_VERSION_NUM >= 19110
  flags |= ImGuiChildFlags_NavFlattened | (edge ? ImGuiChildFlags_Borders : 0);
#else
  window_flags |= ImGuiWindowFlags_NavFlattened;
  flags |= edge ? ImGuiChildFlags_Border : 0;
#endif
  ImGui::BeginChild(name, size, flags, window_flags);
}

Card::Card(Ui& ui, std::string_view id, float width, ImU32 fill, ImU32 edge, float height) {
  ImGui::PushStyleColor(ImGuiCol_ChildBg, fill != 0 ? fill : ui.colour().card);
  ImGui::PushStyleColor(ImGuiCol_Border, edge != 0 ? edge : ui.colour().line);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, ui.px(4));
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, ui.theme().border);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(16), ui.px(12)});
  const std::string name(id);
  begin_child(name.c_str(), {width, height}, true, height > 0 ? 0 : ImGuiChildFlags_AutoResizeY,
              ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
}

Card::~Card() {
  ImGui::EndChild();
  ImGui::PopStyleVar(3);
  ImGui::PopStyleColor(2);
}

ScrollArea::ScrollArea(Ui& /*ui*/, std::string_view id, float height) {
  const std::string name(id);
  begin_child(name.c_str(), {0, height});
}

ScrollArea::~ScrollArea() { ImGui::EndChild(); }

float page_height(const Ui& ui) { return std::max(ui.px(kPageLeast), room_below(ui) + ui.px(kCardEdge)); }

AboveFoot::AboveFoot(Ui& ui, std::string_view id, AboveHeight wanted)
    : ui_(ui),
      kept_(ImGui::GetStateStorage()),
      key_(ImGui::GetID((std::string(id) + "_foot").c_str())),
      content_key_(ImGui::GetID((std::string(id) + "_content").c_str())),
      wanted_(wanted),
      height_(std::max(ui.px(kAboveFootLeast), std::floor(room_below(ui) - ui.px(kGapOfFoot) -
                                                          kept_->GetFloat(key_, ui.control_height())))) {
  if (wanted_ == AboveHeight::kContent) height_ = std::min(height_, kept_->GetFloat(content_key_, height_));
  begin_child(std::string(id).c_str(), {0, height_});
}

AboveFoot::~AboveFoot() {
  if (is_above_) foot();
  ImGui::EndGroup();
  kept_->SetFloat(key_, ImGui::GetItemRectSize().y);
}

float AboveFoot::room(float least_at_100, float whole) const {
  // The cursor is counted from the beginning of what is above, however far it is scrolled.
  const float left = height_ - ImGui::GetCursorPosY() - ui_.px(4);
  return left >= ui_.px(least_at_100) ? left : std::max(left, whole);
}

void AboveFoot::foot() {
  if (wanted_ == AboveHeight::kContent) scroll_by_keys(ui_);
  kept_->SetFloat(content_key_, ImGui::GetCursorPosY());
  ImGui::EndChild();
  gap(ui_, kGapOfFoot);
  ImGui::BeginGroup();
  is_above_ = false;
}

TwoColumns::TwoColumns(const Ui& ui, float side_at_100) {
  const float room = ImGui::GetContentRegionAvail().x;
  side = ui.px(side_at_100);
  main = room - side - ui.px(16);
  stacked = main < ui.px(kMainLeast);
  if (stacked) main = side = room;
}

void TwoColumns::next(const Ui& ui) const {
  if (stacked) {
    gap(ui, 16);
  } else {
    ImGui::SameLine(0, ui.px(16));
  }
}

FormRow::FormRow(Ui& ui, const std::string& label, std::string problem, bool above)
    : ui_(ui), problem_(std::move(problem)) {
  if (above) {
    if (!label.empty()) text(ui, label, {TextStyle::kSmall, ui.colour().quiet});
    ImGui::BeginGroup();
    return;
  }
  const ImVec2 start = ImGui::GetCursorPos();
  const float width = ui.px(kLabelWidth);
  if (!label.empty()) row_label(ui, label, width - ui.px(8));
  ImGui::SetCursorPos({start.x + width, start.y});
  ImGui::BeginGroup();
}

FormRow::~FormRow() {
  if (!problem_.empty()) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui_.px(8), ui_.px(2)});
    problem_line(ui_, problem_);
    ImGui::PopStyleVar();
  }
  ImGui::EndGroup();
  gap(ui_, 10);
}

std::string problem_of(const view::Problems& problems, std::string_view field, const Id& record) {
  for (const view::Problem& problem : problems) {
    if (problem.field == field && (problem.record == Id() || problem.record == record))
      return problem.sentence;
  }
  return {};
}

void problem_line(Ui& ui, const std::string& sentence) {
  if (sentence.empty()) return;
  words_paragraph(ui, {sentence, view::Tone::kNeedsYou, view::Mark::kNeedsYou}, TextStyle::kSmall);
}

void banner(Ui& ui, const view::Words& told) {
  const bool settled = told.tone == view::Tone::kSettled;
  const Palette& c = ui.colour();
  const bool red = told.tone == view::Tone::kNeedsYou;
  const Card card(ui, "banner", 0, settled ? c.settled_pale : (red ? c.main_pale : c.card),
                  ui.theme().of(told.tone));
  words_paragraph(ui, told);
}

void progress_bar(Ui& ui, float fraction, ImU32 colour, float height_at_100) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = ui.px(height_at_100);
  ImGui::Dummy({width, height});
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(at, {at.x + width, at.y + height}, ui.colour().badge);
  const float done = std::round(width * std::clamp(fraction, 0.0F, 1.0F));
  if (done > 0) list->AddRectFilled(at, {at.x + done, at.y + height}, colour);
  if (ui.theme().high_contrast) list->AddRect(at, {at.x + width, at.y + height}, ui.colour().line);
}

void gap(const Ui& ui, float at_100) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::Dummy({0, std::max(0.0F, ui.px(at_100) - ui.px(4))});
  ImGui::PopStyleVar();
}

float room_below(const Ui& ui) {
  constexpr float kStatusLine = 32;
  constexpr float kEdges = 16 + 12;  // of the page and of the card
  // As if nothing were scrolled: a list must not grow while somebody scrolls past it.
  float scrolled = 0;
  for (const ImGuiWindow* window = ImGui::GetCurrentWindow();
       window != nullptr && (window->Flags & ImGuiWindowFlags_ChildWindow) != 0;
       window = window->ParentWindow)
    scrolled += window->Scroll.y;
  return ImGui::GetIO().DisplaySize.y - ImGui::GetCursorScreenPos().y - scrolled - ui.px(kStatusLine) -
         ui.px(kEdges);
}

float list_height(const Ui& ui, std::size_t rows) {
  constexpr std::size_t kRowsLeast = 5;
  const auto height = [&](std::size_t count) {
    return static_cast<float>(count) * ui.row_height() + ui.px(4);
  };
  return std::min(height(rows), std::max(room_below(ui), height(kRowsLeast)));
}

void rule(Ui& ui) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy({width, 1});
  ImGui::GetWindowDrawList()->AddLine(at, {at.x + width, at.y}, ui.colour().line);
}

bool list_ready(Ui& ui, const view::ListState& state, bool empty, const std::string& empty_text) {
  if (state.readiness == view::Readiness::kFailed) {
    problem_line(ui, state.problem);
    return false;
  }
  if (state.readiness == view::Readiness::kLoading) {
    text(ui, ui.text("ui.loading"), {TextStyle::kNormal, ui.colour().quiet});
    return false;
  }
  if (empty) {
    paragraph(ui, empty_text, {TextStyle::kNormal, ui.colour().quiet});
    return false;
  }
  return true;
}

}  // namespace lianxin::client::ui
