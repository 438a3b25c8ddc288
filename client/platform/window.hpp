#pragma once
// The window of the desktop program: opens it, draws when something happened, sleeps otherwise.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "client/app/command.hpp"
#include "client/view/screens_view.hpp"
#include "shared/base/message.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::platform {

/// What the window shows and where its wishes go. All functions are called on the window's thread and must not wait.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  /// The newest complete view; the frame keeps it until it is drawn. Never null.
  [[nodiscard]] virtual std::shared_ptr<const view::ScreensView> latest() = 0;
  /// Sentences of the language in use; never null.
  [[nodiscard]] virtual std::shared_ptr<const Messages> messages() = 0;
  /// What the person wanted in this frame, in order; never empty.
  virtual void take(std::vector<app::Command> commands) = 0;
  /// The program wants to end; asked after each frame.
  [[nodiscard]] virtual bool should_close() = 0;
};

struct WindowSettings {
  std::string title;          ///< "连心 · 三合村"
  int width = 1366;
  int height = 768;
  std::string picture_path;   ///< not empty: closes after the first whole frames (a check that it opens)
};

/// Runs until the window is closed or the source says so. Text size, contrast and language follow the view.
/// Errors "ui.no_display", "ui.no_graphics", "ui.fonts_missing", "ui.font_unreadable". One at a time, main thread.
[[nodiscard]] Status run_window(const WindowSettings& settings, FrameSource& source);

/// A new view is there: the sleeping window draws it. From any thread, at any time.
void wake_window();

/// "fcitx5", "ibus" or "" when the person's input method speaks to the window by the system's own way.
/// For SettingsView::about; known once the window is open.
[[nodiscard]] std::string input_method_name();

}  // namespace lianxin::client::platform
