#include "client/ui/field.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "client/ui/layout.hpp"
#include "client/ui/soft_wrap.hpp"
#include "client/ui/words.hpp"
#include "imgui_internal.h"
#include "imgui_stdlib.h"
#include "shared/base/date.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/date_reader.hpp"

namespace lianxin::client::ui {
namespace {

/// The border of the field before: blue and thicker while one types, red when something is wrong.
void field_edge(const Ui& ui, bool problem) {
  const ImVec2 min = ImGui::GetItemRectMin();
  const ImVec2 max = ImGui::GetItemRectMax();
  const bool active = ImGui::IsItemActive() || (ImGui::IsItemFocused() && Ui::keyboard_used());
  if (!active && !problem) return;
  ImGui::GetWindowDrawList()->AddRect(min, max, active ? ui.colour().focus : ui.colour().main, ui.px(4), 0,
                                      active ? 2.0F : 1.5F);
}

/// Esc leaves a field; the library would also throw away what was typed.
void keep_on_escape(std::string& value, const std::string& before, FieldEvent& event) {
  if (!ImGui::IsItemDeactivated() || !ImGui::IsKeyPressed(ImGuiKey_Escape, false)) return;
  value = before;
  event.changed = false;
}

void note_beside(Ui& ui, const std::string& note) {
  if (note.empty()) return;
  ImGui::SameLine(0, ui.px(8));
  // The line already stands at the field's text; smaller characters need the rest of the way to its baseline.
  const float taller = text_size(ui, "0").y - text_size(ui, "0", TextStyle::kSmall).y;
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::round(taller * 0.8F));
  cut_text(ui, note, ImGui::GetContentRegionAvail().x, {TextStyle::kSmall, ui.colour().quiet});
}

struct FieldStyle {
  explicit FieldStyle(const Ui& ui) {
    ImGui::PushStyleColor(ImGuiCol_Border, ui.colour().edge);
    hide_nav_ring();  // its own border shows the focus
    const float line = text_size(ui, "0").y;
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ui.px(11), (ui.control_height() - line) / 2});
  }
  ~FieldStyle() {
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
  }
  FieldStyle(const FieldStyle&) = delete;
  FieldStyle& operator=(const FieldStyle&) = delete;
};

FieldEvent bare_text(Ui& ui, std::string_view id, std::string& value, const FieldLook& look,
                     ImGuiInputTextFlags flags = 0) {
  const FieldStyle style(ui);
  const DisabledScope disabled(!look.enabled);
  const std::string label = "###" + std::string(id);
  std::string before;
  if (ImGui::IsKeyPressed(ImGuiKey_Escape, false)) before = value;
  ImGui::SetNextItemWidth(look.width > 0 ? look.width : ImGui::GetContentRegionAvail().x);
  if (look.secret) flags |= ImGuiInputTextFlags_Password;
  if (look.anew) flags |= ImGuiInputTextFlags_AutoSelectAll;
  FieldEvent event;
  const std::string was = value;
  event.entered = ImGui::InputTextWithHint(label.c_str(), look.placeholder.c_str(), &value,
                                           flags | ImGuiInputTextFlags_EnterReturnsTrue) &&
                  !ImGui::GetIO().KeyCtrl;
  if (value.size() > look.bytes_max) value = was;
  event.changed = value != was;
  keep_on_escape(value, before, event);
  event.left = ImGui::IsItemDeactivatedAfterEdit();
  field_edge(ui, look.wrong || !look.problem.empty());
  return event;
}

struct WrapState {
  float width;
  std::string plain;  ///< as it was before this frame's edit
  bool backspace;
};

/// One letter before a soft break goes when only the break was deleted.
void mend_backspace(const WrapState& state, std::string& plain, std::size_t& cursor) {
  if (!state.backspace || plain != state.plain || cursor == 0) return;
  std::size_t from = cursor - 1;
  while (from > 0 && (static_cast<unsigned char>(plain[from]) & 0xC0U) == 0x80U)
    --from;
  plain.erase(from, cursor - from);
  cursor = from;
}

int rewrap(ImGuiInputTextCallbackData* data) {
  auto& state = *static_cast<WrapState*>(data->UserData);
  const std::string_view now(data->Buf, static_cast<std::size_t>(data->BufTextLen));
  const auto place = static_cast<std::size_t>(data->CursorPos);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackAlways) {
    // The cursor never stands inside a soft break.
    if (place > 0 && place < now.size() && now[place - 1] == '\r' && now[place] == '\n') {
      const bool left = ImGui::IsKeyDown(ImGuiKey_LeftArrow);
      data->CursorPos += left ? -1 : 1;
      if (!data->HasSelection()) data->SelectionStart = data->SelectionEnd = data->CursorPos;
    }
    return 0;
  }
  std::string plain = unwrapped(now);
  std::size_t cursor = unwrapped_place(now, place);
  mend_backspace(state, plain, cursor);
  const WrappedText next = soft_wrapped(plain, cursor, state.width, [](std::string_view part) {
    return ImGui::CalcTextSize(part.data(), part.data() + part.size(), false, -1).x;
  });
  state.plain = plain;
  if (next.text == now) return 0;
  data->DeleteChars(0, data->BufTextLen);
  data->InsertChars(0, next.text.c_str());
  data->CursorPos = data->SelectionStart = data->SelectionEnd = static_cast<int>(next.cursor);
  return 0;
}

struct StringCallback {
  std::string* text;
  WrapState* state;
};

int edit_string(ImGuiInputTextCallbackData* data) {
  auto* both = static_cast<StringCallback*>(data->UserData);
  if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
    both->text->resize(static_cast<std::size_t>(data->BufTextLen));
    data->Buf = both->text->data();
    return 0;
  }
  data->UserData = both->state;
  const int result = rewrap(data);
  data->UserData = both;
  return result;
}

std::string weekday_note(const Ui& ui, const std::string& value) {
  const Result<Date> date = Date::parse(value);
  return date.ok() ? ui.text("ui.weekday." + std::to_string(date->weekday())) : std::string();
}

/// A day that is written in full and that no calendar has: 2027-02-30, 20270230.
bool is_no_day(const std::string& value) {
  const auto digits = std::count_if(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto dashes = std::count(value.begin(), value.end(), '-');
  const bool is_whole = dashes == 2 ? digits >= 6 && value.find('-') == 4 : dashes == 0 && digits == 8;
  return is_whole && digits + dashes == static_cast<std::ptrdiff_t>(value.size()) && value.back() != '-';
}

/// Steps a date by arrow keys while its field has the focus.
bool step_day(std::string& value) {
  if (!ImGui::IsItemActive() && !ImGui::IsItemFocused()) return false;
  const int days =
      (ImGui::IsKeyPressed(ImGuiKey_UpArrow) ? 1 : 0) - (ImGui::IsKeyPressed(ImGuiKey_DownArrow) ? 1 : 0);
  const Result<Date> date = Date::parse(value);
  if (days == 0 || !date.ok()) return false;
  value = date->plus_days(days).text();
  return true;
}

using Reading = std::string (*)(std::string_view);

FieldEvent read_field(Ui& ui, std::string_view id, std::string& value, const FieldLook& look, Reading read) {
  FieldEvent event = bare_text(ui, id, value, look, ImGuiInputTextFlags_AutoSelectAll);
  if (!event.left && !event.entered) return event;
  const std::string whole = read(value);
  if (whole.empty() || whole == value) return event;
  value = whole;
  event.changed = true;
  return event;
}

}  // namespace

FieldEvent text_field(Ui& ui, std::string_view id, std::string& value, const FieldLook& look) {
  if (look.label.empty() && look.problem.empty()) {
    const FieldEvent event = bare_text(ui, id, value, look);
    note_beside(ui, look.note);
    return event;
  }
  const FormRow row(ui, look.label, look.problem, look.above || look.label.empty());
  const FieldEvent event = bare_text(ui, id, value, look);
  note_beside(ui, look.note);
  return event;
}

FieldEvent long_text_field(Ui& ui, std::string_view id, std::string& value, float lines,
                           const FieldLook& look) {
  const FormRow row(ui, look.label, look.problem, look.above || look.label.empty());
  const FieldStyle style(ui);
  const DisabledScope disabled(!look.enabled);
  const float width = look.width > 0 ? look.width : ImGui::GetContentRegionAvail().x;
  const float inner = width - 2 * ui.px(11) - ImGui::GetStyle().ScrollbarSize - ui.px(4);
  WrapState state{inner, value, ImGui::IsKeyPressed(ImGuiKey_Backspace)};
  std::string shown = soft_wrapped(value, 0, inner, [](std::string_view part) {
                        return ImGui::CalcTextSize(part.data(), part.data() + part.size(), false, -1).x;
                      }).text;
  StringCallback both{&shown, &state};
  const std::string label = "###" + std::string(id);
  const float height = lines * ImGui::GetTextLineHeight() + ui.px(16);
  constexpr ImGuiInputTextFlags kFlags =
      ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_CallbackEdit |
      ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_NoHorizontalScroll;
  ImGui::InputTextMultiline(label.c_str(), shown.data(), shown.capacity() + 1, {width, height}, kFlags,
                            edit_string, &both);
  FieldEvent event;
  const bool escaped = ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  std::string now = unwrapped(shown.c_str());
  if (!escaped && now != value && now.size() <= look.bytes_max) {
    value = std::move(now);
    event.changed = true;
  }
  event.left = ImGui::IsItemDeactivatedAfterEdit();
  field_edge(ui, !look.problem.empty());
  if (value.empty() && !look.placeholder.empty()) {
    const ImVec2 at = ImGui::GetItemRectMin();
    draw_text(ui, {at.x + ui.px(11), at.y + ui.px(8)}, look.placeholder,
              {TextStyle::kNormal, ui.colour().quiet});
  }
  return event;
}

FieldEvent date_field(Ui& ui, std::string_view id, std::string& value, const FieldLook& look) {
  FieldLook own = look;
  const bool wrong = !value.empty() && !Date::parse(value).ok();
  const bool typing =
      ImGui::GetActiveID() != 0 && ImGui::GetActiveID() == ImGui::GetID(("###" + std::string(id)).c_str());
  if (own.problem.empty() && wrong && !typing)
    own.problem = ui.text(is_no_day(value) ? "ui.date.no_day" : "ui.date.unreadable");
  if (own.note.empty()) own.note = weekday_note(ui, value);
  if (own.width <= 0) own.width = ui.px(170);
  if (own.placeholder.empty()) own.placeholder = ui.text("ui.date.placeholder");
  std::optional<FormRow> row;
  if (!own.label.empty() || !own.problem.empty())
    row.emplace(ui, own.label, own.problem, own.above || own.label.empty());
  FieldEvent event = read_field(ui, id, value, own, date_of);
  if (step_day(value)) event.changed = true;
  note_beside(ui, own.note);
  return event;
}

FieldEvent time_field(Ui& ui, std::string_view id, std::string& value, const FieldLook& look) {
  FieldLook own = look;
  if (own.width <= 0) own.width = ui.px(90);
  if (own.placeholder.empty()) own.placeholder = ui.text("ui.time.placeholder");
  std::optional<FormRow> row;
  if (!own.label.empty() || !own.problem.empty())
    row.emplace(ui, own.label, own.problem, own.above || own.label.empty());
  const FieldEvent event = read_field(ui, id, value, own, time_of);
  note_beside(ui, own.note);
  return event;
}

std::string date_of(std::string_view typed) {
  const Result<PartialDate> read = domain::read_office_date(trim(half_width(typed)));
  return read.ok() && read->day != 0 ? read->text() : std::string();
}

std::string time_of(std::string_view typed) {
  std::string digits;
  for (const char c : trim(half_width(typed))) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c == ':' || c == '.') {
      if (digits.size() == 1) digits.insert(0, "0");
    } else {
      return {};
    }
  }
  if (digits.size() == 3) digits.insert(0, "0");
  if (digits.size() != 4) return {};
  const int hour = (digits[0] - '0') * 10 + (digits[1] - '0');
  const int minute = (digits[2] - '0') * 10 + (digits[3] - '0');
  if (hour > 23 || minute > 59) return {};
  return digits.substr(0, 2) + ":" + digits.substr(2);
}

}  // namespace lianxin::client::ui
