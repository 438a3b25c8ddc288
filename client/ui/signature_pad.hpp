#pragma once
// A signature drawn with mouse or pen, kept as strokes in thousandths of the pad.
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/ui.hpp"

namespace lianxin::client::ui {

/// Bytes a signature may have.
inline constexpr std::size_t kStrokesBytesMax = 8192;

struct StrokePoint {
  int x = 0;  ///< 0..1000 of the width
  int y = 0;  ///< 0..1000 of the height

  bool operator==(const StrokePoint&) const = default;
};
using Strokes = std::vector<std::vector<StrokePoint>>;

/// Of "x,y x,y;x,y". What is no number or lies outside is left out.
[[nodiscard]] Strokes read_strokes(std::string_view text);

struct SignatureState {
  bool drawing = false;
  bool full = false;  ///< the limit was met: the rest of the stroke is not taken
};

/// The pad. Size in pixels. True when `strokes` changed.
[[nodiscard]] bool signature_pad(Ui& ui, std::string_view id, std::string& strokes, SignatureState& state,
                                 ImVec2 size);
/// One stroke back, all again: two buttons in a line, or below each other where there is no room. True when
/// `strokes` changed.
[[nodiscard]] bool signature_buttons(Ui& ui, std::string_view id, std::string& strokes,
                                     SignatureState& state);

}  // namespace lianxin::client::ui
