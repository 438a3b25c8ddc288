#include "client/ui/theme.hpp"

#include <cmath>

namespace lianxin::client::ui {
namespace {

constexpr ImU32 rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
  return IM_COL32((hex >> 16U) & 255U, (hex >> 8U) & 255U, hex & 255U, alpha);
}

/// Size of ordinary characters, and Noto's line height in ems: the library sizes fonts by lines.
constexpr float kCharacters = 16;
constexpr float kLinesPerEm = 1.448F;

constexpr Palette kLight = {
    .background = rgb(0xF5F6F8),
    .card = rgb(0xFFFFFF),
    .line = rgb(0xD5D9DF),
    .edge = rgb(0xA9B0BA),
    .text = rgb(0x1B1F24),
    .quiet = rgb(0x5D6670),
    .main = rgb(0xB3161B),
    .main_held = rgb(0x8E1014),
    .main_text = rgb(0xFFFFFF),
    .main_pale = rgb(0xFAECEC),
    .focus = rgb(0x1A5FB4),
    .chosen = rgb(0xE4EDF8),
    .chosen_text = rgb(0x123F78),
    .settled = rgb(0x19703A),
    .settled_pale = rgb(0xE9F4EC),
    .ageing = rgb(0x8A5A00),
    .hover = rgb(0xEEF0F3),
    .badge = rgb(0xE6E9EE),
    .bar = rgb(0x8FA8C8),
    .shade = rgb(0x1B1F24, 96),
    .toast = rgb(0x2B3138),
    .toast_text = rgb(0xFFFFFF),
};

constexpr Palette kHigh = {
    .background = rgb(0x000000),
    .card = rgb(0x000000),
    .line = rgb(0xC8C8C8),
    .edge = rgb(0xFFFFFF),
    .text = rgb(0xFFFFFF),
    .quiet = rgb(0xDADADA),
    .main = rgb(0xFFE000),
    .main_held = rgb(0xFFF3A0),
    .main_text = rgb(0x000000),
    .main_pale = rgb(0x3A3400),
    .focus = rgb(0x6CC4FF),
    .chosen = rgb(0x003A66),
    .chosen_text = rgb(0xFFFFFF),
    .settled = rgb(0x7CFF9B),
    .settled_pale = rgb(0x002A0C),
    .ageing = rgb(0xFFC266),
    .hover = rgb(0x2A2A2A),
    .badge = rgb(0x333333),
    .bar = rgb(0x6CC4FF),
    .shade = rgb(0x000000, 160),
    .toast = rgb(0xFFFFFF),
    .toast_text = rgb(0x000000),
};

void set(ImGuiCol index, ImU32 colour) {
  ImGui::GetStyle().Colors[index] = ImGui::ColorConvertU32ToFloat4(colour);
}

void apply_colours(const Palette& c) {
  constexpr ImU32 kClear = 0;
  set(ImGuiCol_Text, c.text);
  set(ImGuiCol_TextDisabled, c.quiet);
  set(ImGuiCol_WindowBg, kClear);
  set(ImGuiCol_ChildBg, kClear);
  set(ImGuiCol_PopupBg, c.card);
  set(ImGuiCol_Border, c.line);
  set(ImGuiCol_FrameBg, c.card);
  set(ImGuiCol_FrameBgHovered, c.card);
  set(ImGuiCol_FrameBgActive, c.card);
  set(ImGuiCol_ScrollbarBg, kClear);
  set(ImGuiCol_ScrollbarGrab, c.edge);
  set(ImGuiCol_ScrollbarGrabHovered, c.quiet);
  set(ImGuiCol_ScrollbarGrabActive, c.quiet);
  set(ImGuiCol_Header, c.main_pale);
  set(ImGuiCol_HeaderHovered, c.hover);
  set(ImGuiCol_HeaderActive, c.main_pale);
  set(ImGuiCol_TableHeaderBg, kClear);
  set(ImGuiCol_TableBorderStrong, c.line);
  set(ImGuiCol_TableBorderLight, c.line);
  set(ImGuiCol_TextSelectedBg, c.chosen);
  set(ImGuiCol_ModalWindowDimBg, c.shade);
  set(ImGuiCol_Separator, c.line);
#if IMGUI_VERSION_NUM >= 19110
  set(ImGuiCol_NavCursor, c.focus);
#else
  set(ImGuiCol_NavHighlight, c.focus);
#endif
#if IMGUI_VERSION_NUM >= 19200
  set(ImGuiCol_InputTextCursor, c.text);
#endif
}

}  // namespace

float Theme::px(float at_100) const { return std::round(at_100 * scale); }

ImU32 Theme::of(view::Tone tone) const {
  switch (tone) {
    case view::Tone::kQuiet:
      return colour.quiet;
    case view::Tone::kNeedsYou:
      return colour.main;
    case view::Tone::kSettled:
      return colour.settled;
    case view::Tone::kAgeing:
      return colour.ageing;
    case view::Tone::kPlain:
      break;
  }
  return colour.text;
}

Theme make_theme(view::Contrast contrast, std::uint32_t text_percent, float dpi_scale) {
  Theme theme;
  theme.high_contrast = contrast == view::Contrast::kHigh;
  theme.colour = theme.high_contrast ? kHigh : kLight;
  theme.scale = static_cast<float>(text_percent) / 100.0F * dpi_scale;
  theme.border = theme.high_contrast ? 2.0F : 1.0F;
  return theme;
}

void apply_theme(const Theme& theme) {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {theme.px(16), theme.px(12)};
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
  style.ChildRounding = 0;
  style.ChildBorderSize = 0;
  style.PopupRounding = theme.px(4);
  style.PopupBorderSize = theme.border;
  style.FramePadding = {theme.px(11), theme.px(6)};
  style.FrameRounding = theme.px(4);
  style.FrameBorderSize = theme.border;
  style.ItemSpacing = {theme.px(8), theme.px(4)};
  style.ItemInnerSpacing = {theme.px(6), theme.px(4)};
  style.CellPadding = {theme.px(8), 0};
  style.ScrollbarSize = theme.px(12);
  style.ScrollbarRounding = theme.px(4);
  style.TabRounding = 0;
  style.DisabledAlpha = 1;  // widgets choose colours that can still be read
  style.AntiAliasedLinesUseTex = false;
#if IMGUI_VERSION_NUM >= 19200
  style.FontSizeBase = std::round(kCharacters * theme.scale) * kLinesPerEm;
#else
  ImGui::GetIO().FontGlobalScale = 1;
#endif
  apply_colours(theme.colour);
}

}  // namespace lianxin::client::ui
