#pragma once
// Between the window and the program behind it: views come in whole, wishes go out.
#include <memory>
#include <vector>

#include "client/app/command.hpp"
#include "client/view/screens_view.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::ui {

/// What the window shows and where its wishes go. All functions are called on the window's thread and must
/// not wait.
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

}  // namespace lianxin::client::ui
