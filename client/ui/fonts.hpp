#pragma once
// The characters: Noto Sans CJK SC, and behind it two fonts for rare characters of names beyond the BMP.
#include <filesystem>
#include <string>
#include <vector>

#include "client/ui/theme.hpp"
#include "imgui.h"
#include "shared/base/result.hpp"

namespace lianxin::client::ui {

enum class TextStyle : std::uint8_t {
  kNormal,   ///< 16 px characters
  kSmall,    ///< 14 px, secondary
  kStrong,   ///< 16 px bold
  kHeading,  ///< 18 px bold
  kValue,    ///< 24 px, where a value is compared
  kValueStrong,
};

/// Files of one machine. An empty path: not there.
struct FontFiles {
  std::filesystem::path regular;  ///< NotoSansCJK-Regular.ttc (or .otf of the SC family)
  std::filesystem::path bold;     ///< empty: the regular one stands in
  std::vector<std::filesystem::path> rare;
};

/// Looks through `folders` and everything below them.
[[nodiscard]] FontFiles find_fonts(const std::vector<std::filesystem::path>& folders);
/// The system's and the person's font folders.
[[nodiscard]] std::vector<std::filesystem::path> font_folders();

/// The fonts of one context. Glyphs are made when first drawn, at the size they are drawn.
class Fonts {
 public:
  /// Adds the fonts to the current context's atlas. The files stay mapped for the life of the program.
  /// Errors "ui.fonts_missing" (no Chinese font; says what to install), "ui.font_unreadable" {file}.
  [[nodiscard]] static Result<Fonts> load(const FontFiles& files);

  /// Characters of `style`, until pop(). Prefer FontScope.
  void push(TextStyle style, const Theme& theme) const;
  static void pop();

 private:
  ImFont* regular_ = nullptr;
  ImFont* bold_ = nullptr;
};

/// Characters of `style` while it lives.
class FontScope {
 public:
  FontScope(const Fonts& fonts, const Theme& theme, TextStyle style) { fonts.push(style, theme); }
  ~FontScope() { Fonts::pop(); }
  FontScope(const FontScope&) = delete;
  FontScope& operator=(const FontScope&) = delete;
};

}  // namespace lianxin::client::ui
