#pragma once
// Signatures drawn on the screen: strokes of points, "x,y x,y;x,y", each coordinate 0..1000 of the drawing
// field.
#include <string_view>

namespace lianxin::domain {

/// Well formed, at least one point.
[[nodiscard]] bool is_strokes(std::string_view text);

}  // namespace lianxin::domain
