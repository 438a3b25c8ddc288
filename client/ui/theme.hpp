#pragma once
// Colours and sizes of the window, in one place. Never colour alone: marks and words say the same.
#include <cstdint>

#include "client/view/part_view.hpp"
#include "client/view/settings_view.hpp"
#include "imgui.h"

namespace lianxin::client::ui {

/// What is painted; each has a colour in both contrasts.
struct Palette {
  ImU32 background;
  ImU32 card;
  ImU32 line;  ///< borders of cards, lines of tables
  ImU32 edge;  ///< borders of fields and buttons
  ImU32 text;
  ImU32 quiet;      ///< secondary text
  ImU32 main;       ///< the main action, what needs a person
  ImU32 main_held;  ///< the same, pressed
  ImU32 main_text;  ///< on `main`
  ImU32 main_pale;  ///< row of the list one stands on, page of the navigation
  ImU32 focus;      ///< ring, selection
  ImU32 chosen;     ///< background of a chosen option
  ImU32 chosen_text;
  ImU32 settled;
  ImU32 settled_pale;
  ImU32 ageing;
  ImU32 hover;
  ImU32 badge;
  ImU32 bar;    ///< of a chart
  ImU32 shade;  ///< over the window behind a dialog
  ImU32 toast;
  ImU32 toast_text;
};

struct Theme {
  Palette colour;
  float scale = 1;   ///< text percent / 100
  float border = 1;  ///< 2 in high contrast
  bool high_contrast = false;

  /// A length of the drawing (at 100 %) in pixels, whole.
  [[nodiscard]] float px(float at_100) const;
  [[nodiscard]] ImU32 of(view::Tone tone) const;
};

/// `text_percent` 100, 112, 125 or 150; `dpi_scale` of the monitor.
[[nodiscard]] Theme make_theme(view::Contrast contrast, std::uint32_t text_percent, float dpi_scale = 1);

/// Puts the theme into the current context's style. Call when it changed, not each frame.
void apply_theme(const Theme& theme);

}  // namespace lianxin::client::ui
