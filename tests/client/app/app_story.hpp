#pragma once
// The program behind the window over a real store, driven as the window drives it: commands in, screens out.
#include <doctest/doctest.h>
#include <functional>
#include <memory>
#include <string>

#include "client/app/app.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

/// Lets an App talk to the county in memory.
class CountyLine final : public sync::laptop::Transport {
 public:
  explicit CountyLine(SmallCounty& county, bool leads_nowhere = false)
      : county_(county), leads_nowhere_(leads_nowhere) {}
  Result<Bytes> post(const std::string& path, BytesView body, const sync::laptop::TransferProgress& progress,
                     const sync::laptop::CancelFlag& cancel) override {
    if (leads_nowhere_) return fail("net.unreachable", {{"server", "nowhere"}});
    return county_.post(path, body, progress, cancel);
  }
  Result<Bytes> put(const std::string& path, BytesView body, const sync::laptop::TransferProgress& progress,
                    const sync::laptop::CancelFlag& cancel) override {
    if (leads_nowhere_) return fail("net.unreachable", {{"server", "nowhere"}});
    return county_.put(path, body, progress, cancel);
  }

 private:
  SmallCounty& county_;
  bool leads_nowhere_;
};

class AppStory {
 public:
  /// `fill` puts work into the store before the program opens it.
  template <class Fill>
  explicit AppStory(Fill fill) {
    fill(work);
    work.close();
    start();
  }

  void start() {
    client::app::AppSettings settings;
    settings.home = work.home();
    settings.clock = laptop_clock == nullptr ? &work.county.clock : laptop_clock;
    settings.on_publish = on_publish;
    settings.transport = [this](const sync::laptop::ServerAddress& address) { return line(address); };
    app = std::make_unique<client::app::App>(std::move(settings));
  }
  /// As the window closes.
  void stop() { app.reset(); }

  /// One command, answered when it returns.
  template <class T>
  std::shared_ptr<const client::view::ScreensView> want(T command) {
    app->take({std::move(command)});
    app->wait_until_idle();
    return app->screens();
  }
  void unlock() {
    const auto screens = want(client::app::Unlock{".", std::string(kPassphrase)});
    REQUIRE(screens->unlock.problem == "");
    REQUIRE(screens->shell.access == client::view::Access::kOpen);
  }
  [[nodiscard]] std::string toast() const { return app->screens()->shell.toast.words.text; }

  WorkStore work;
  /// What leads to an address.
  std::function<std::unique_ptr<CountyLine>(const sync::laptop::ServerAddress&)> line = [this](const auto&) {
    return std::make_unique<CountyLine>(work.county);
  };
  const Clock* laptop_clock = nullptr;  ///< where it is another than the county's, at the next start
  std::function<void()> on_publish;     ///< from the next start on
  std::unique_ptr<client::app::App> app;
};

}  // namespace lianxin::test
