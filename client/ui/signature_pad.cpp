#include "client/ui/signature_pad.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "client/ui/button.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr int kWhole = 1000;
/// Points nearer than this to the one before say nothing new.
constexpr int kStep = 5;

/// A number 0..1000 at the front of `rest`, which is shortened; -1 when there is none.
int read_coordinate(std::string_view& rest) {
  int number = -1;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error != std::errc() || number < 0 || number > kWhole) return -1;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return number;
}

std::vector<StrokePoint> read_stroke(std::string_view text) {
  std::vector<StrokePoint> stroke;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    std::string_view point = text.substr(0, blank);
    const int x = read_coordinate(point);
    const bool comma = x >= 0 && !point.empty() && point[0] == ',';
    if (comma) point.remove_prefix(1);
    const int y = comma ? read_coordinate(point) : -1;
    if (y >= 0 && point.empty()) stroke.push_back({x, y});
    if (blank == std::string_view::npos) break;
    text.remove_prefix(blank + 1);
  }
  return stroke;
}

void draw_strokes(const Ui& ui, const std::string& strokes, ImVec2 min, ImVec2 max) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float thick = ui.px(2);
  for (const std::vector<StrokePoint>& stroke : read_strokes(strokes)) {
    std::vector<ImVec2> points;
    points.reserve(stroke.size());
    for (const StrokePoint& point : stroke) {
      points.push_back({min.x + (max.x - min.x) * static_cast<float>(point.x) / kWhole,
                        min.y + (max.y - min.y) * static_cast<float>(point.y) / kWhole});
    }
    if (points.size() == 1) list->AddCircleFilled(points[0], thick, ui.colour().text, 12);
    list->AddPolyline(points.data(), static_cast<int>(points.size()), ui.colour().text, 0, thick);
  }
}

int thousandth(float at, float from, float to) {
  const float part = std::round((at - from) / std::max(1.0F, to - from) * kWhole);
  return static_cast<int>(std::clamp(part, 0.0F, static_cast<float>(kWhole)));
}

/// Takes the place of the pen into `strokes`. True when it says something new and there is room.
bool take_point(std::string& strokes, SignatureState& state, ImVec2 min, ImVec2 max) {
  const ImVec2 pen = ImGui::GetIO().MousePos;
  const StrokePoint point{thousandth(pen.x, min.x, max.x), thousandth(pen.y, min.y, max.y)};
  std::string next = std::to_string(point.x) + "," + std::to_string(point.y);
  if (state.drawing) {
    const std::size_t last = strokes.find_last_of(" ;");
    const auto before =
        read_stroke(std::string_view(strokes).substr(last == std::string::npos ? 0 : last + 1));
    if (!before.empty() && std::abs(before[0].x - point.x) + std::abs(before[0].y - point.y) < kStep)
      return false;
    next.insert(0, " ");
  } else if (!strokes.empty()) {
    next.insert(0, ";");
  }
  state.full = strokes.size() + next.size() > kStrokesBytesMax;
  if (state.full) return false;
  state.drawing = true;
  strokes += next;
  return true;
}

}  // namespace

Strokes read_strokes(std::string_view text) {
  Strokes strokes;
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    std::vector<StrokePoint> stroke = read_stroke(text.substr(0, end));
    if (!stroke.empty()) strokes.push_back(std::move(stroke));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return strokes;
}

bool signature_pad(Ui& ui, std::string_view id, std::string& strokes, SignatureState& state, ImVec2 size) {
  bool changed = false;
  PressArea area;
  {
    const NoTabScope no_tab;
    area = press_area(id, ui.text("signature.label"), size);
  }
  if (area.held && ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    changed = take_point(strokes, state, area.min, area.max);
  } else {
    state.drawing = false;
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool active = area.held || area.focused;
  list->AddRect(area.min, area.max, active ? ui.colour().focus : ui.colour().edge, ui.px(4), 0,
                active ? 2.0F : ui.theme().border);
  if (strokes.empty()) {
    draw_text(ui, {area.min.x + ui.px(11), area.min.y + ui.px(6)}, ui.text("signature.hint"),
              {TextStyle::kNormal, ui.colour().quiet});
  }
  draw_strokes(ui, strokes, area.min, area.max);
  if (state.full) {
    draw_text(ui, {area.min.x + ui.px(11), area.max.y - ui.px(26)}, ui.text("signature.full"),
              {TextStyle::kSmall, ui.colour().ageing});
  }
  return changed;
}

bool signature_buttons(Ui& ui, std::string_view id, std::string& strokes, SignatureState& state) {
  const std::string key(id);
  bool changed = false;
  const bool some = !strokes.empty();
  if (button(ui, key + ".back", ui.text("signature.back"), {.enabled = some})) {
    const std::size_t last = strokes.rfind(';');
    strokes.erase(last == std::string::npos ? 0 : last);
    changed = true;
  }
  const std::string clear = ui.text("signature.clear");
  beside(ui, button_width(ui, clear));
  if (button(ui, key + ".clear", clear, {.enabled = some})) {
    strokes.clear();
    changed = true;
  }
  if (changed) state.full = false;
  return changed;
}

}  // namespace lianxin::client::ui
