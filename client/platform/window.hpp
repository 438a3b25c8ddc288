#pragma once
// The window of the desktop program: opens it, draws when something happened, sleeps otherwise.
#include <string>

#include "client/ui/frame_source.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::platform {

struct WindowSettings {
  std::string title;  ///< of the window, "连心"
  int width = 1366;
  int height = 768;
};

/// Runs until the window is closed or the source says so. Text size and contrast follow the view's settings,
/// the language the source's messages. Errors "ui.no_display", "ui.no_graphics", "ui.fonts_missing",
/// "ui.font_unreadable". One at a time, on the main thread.
[[nodiscard]] Status run_window(const WindowSettings& settings, ui::FrameSource& source);

/// A new view is there: the sleeping window draws it. From any thread; without a window it does nothing.
void wake_window();

}  // namespace lianxin::client::platform
