#pragma once
// The newest screens, taken by the window without waiting for whoever builds them (style.md 1.5: a mutex
// around a pointer; no longer than a copy of it is it held).
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "client/view/screens_view.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::app {

/// Thread-safe.
class Published {
 public:
  explicit Published(std::function<void()> on_publish) : on_publish_(std::move(on_publish)) {}

  void publish(std::shared_ptr<const view::ScreensView> screens, std::shared_ptr<const Messages> messages) {
    {
      const std::lock_guard lock(mutex_);
      screens_ = std::move(screens);
      messages_ = std::move(messages);
    }
    if (on_publish_) on_publish_();
  }
  [[nodiscard]] std::shared_ptr<const view::ScreensView> screens() const {
    const std::lock_guard lock(mutex_);
    return screens_;
  }
  [[nodiscard]] std::shared_ptr<const Messages> messages() const {
    const std::lock_guard lock(mutex_);
    return messages_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const view::ScreensView> screens_ = std::make_shared<const view::ScreensView>();
  std::shared_ptr<const Messages> messages_ = std::make_shared<const Messages>();
  std::function<void()> on_publish_;
};

}  // namespace lianxin::client::app
