#pragma once
// Believable views with invented people, for pictures and tests of screens.
#include <cstddef>
#include <string_view>

#include "client/view/screens_view.hpp"

namespace lianxin::test::ui {

/// A worker's laptop on a Wednesday in November, in "zh-CN" or "en": shell, today, members. Access is open.
[[nodiscard]] client::view::ScreensView sample_screens(std::string_view language);
/// The same member for the same number.
[[nodiscard]] Id sample_id(std::size_t number);

}  // namespace lianxin::test::ui
