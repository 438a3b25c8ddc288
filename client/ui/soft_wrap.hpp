#pragma once
// Text wrapped inside an edit field. A soft break is "\r\n": the library draws '\r' as nothing, and a person
// can type only "\n", so both kinds stay apart.
#include <functional>
#include <string>
#include <string_view>

namespace lianxin::client::ui {

/// Width of a piece of text in pixels.
using Measure = std::function<float(std::string_view)>;

struct WrappedText {
  std::string text;        ///< with soft breaks
  std::size_t cursor = 0;  ///< byte in `text`
};

/// Without soft breaks (and without stray '\r').
[[nodiscard]] std::string unwrapped(std::string_view text);
/// The place in unwrapped(text) of a place in `text`.
[[nodiscard]] std::size_t unwrapped_place(std::string_view text, std::size_t place);
/// Wraps plain text to `width`; `cursor` is a place in it.
[[nodiscard]] WrappedText soft_wrapped(std::string_view plain, std::size_t cursor, float width,
                                       const Measure& measure);

}  // namespace lianxin::client::ui
