#pragma once
// The program behind the window: takes what a person wants, publishes what the window shows. Three threads:
// the window's (which only calls the functions below), the store's, the net's.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "client/app/command.hpp"
#include "client/app/desk.hpp"
#include "client/app/published.hpp"
#include "client/app/worker_thread.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::app {

struct AppSettings {
  std::filesystem::path home;        ///< folder of the stores (laptop_folder.hpp)
  std::string language;              ///< "zh-CN", "en"; "" = as last chosen on this laptop
  const Clock* clock = nullptr;      ///< null = the machine's
  std::function<void()> on_publish;  ///< from the store thread: there is something new to draw
  MakeTransport transport;           ///< empty = the network
};

class App {
 public:
  explicit App(AppSettings settings);
  App(const App&) = delete;
  App& operator=(const App&) = delete;
  /// Ends a sync under way (nothing is lost), does what was asked before, closes the store.
  ~App();

  /// Never waits.
  void take(std::vector<Command> commands);
  /// The newest complete screens; never null, never waits for work.
  [[nodiscard]] std::shared_ptr<const view::ScreensView> screens() const { return published_.screens(); }
  [[nodiscard]] std::shared_ptr<const Messages> messages() const { return published_.messages(); }
  /// Waits until everything asked so far has been answered, a sync or an enrolment too. For tests and tools.
  void wait_until_idle();

 private:
  SystemClock system_clock_;
  Published published_;
  WorkerThread store_thread_;
  WorkerThread net_thread_;
  std::unique_ptr<Desk> desk_;  ///< the store thread's
};

}  // namespace lianxin::client::app
