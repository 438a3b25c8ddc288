#include "client/app/app.hpp"

#include <future>
#include <type_traits>

namespace lianxin::client::app {
namespace {

/// What is answered before anybody has unlocked.
template <class T>
constexpr bool kIsForAnybody =
    std::is_same_v<T, Enrol> || std::is_same_v<T, Unlock> || std::is_same_v<T, Lock> ||
    std::is_same_v<T, SetLanguage> || std::is_same_v<T, SetTextSize> || std::is_same_v<T, SetContrast> ||
    std::is_same_v<T, CancelSync>;

void run(Desk& desk, const Command& command) {
  std::visit(
      [&]<class T>(const T& wish) {
        if (kIsForAnybody<T> || desk.store) handle(desk, wish);
      },
      command.any());
}

/// After something was thrown nobody knows what the open store has in memory. It is closed, and read anew
/// when its owner unlocks it: what was saved is on the disk, what was typed among the drafts.
void start_over(Desk& desk) {
  desk.close_store();
  desk.show_outside(desk.wording.text("app.started_over"));
  desk.publish();
}

void wait_for(WorkerThread& thread) {
  std::promise<void> done;
  if (thread.post([&] { done.set_value(); })) done.get_future().wait();
}

}  // namespace

App::App(AppSettings settings)
    : published_(std::move(settings.on_publish)),
      store_thread_([this] { start_over(*desk_); }),
      net_thread_([this] { store_thread_.post([this] { start_over(*desk_); }); }) {
  const Clock& clock = settings.clock != nullptr ? *settings.clock : system_clock_;
  MakeTransport transport =
      settings.transport
          ? std::move(settings.transport)
          : MakeTransport([](const auto& address) { return sync::laptop::make_curl_transport(address); });
  desk_ = std::make_unique<Desk>(clock, std::move(settings.home), published_, store_thread_, net_thread_,
                                 std::move(transport));
  // The first screens are there before the window asks: no store is opened for them.
  if (!settings.language.empty()) {
    desk_->laptop.use_language(settings.language);
    desk_->use_language(settings.language);
  }
  desk_->show_outside("");
  desk_->publish();
}

App::~App() {
  store_thread_.post([this] { desk_->cancel_all(); });
  net_thread_.stop();  // a sync asks the store thread until it has ended
  store_thread_.stop();
}

void App::take(std::vector<Command> commands) {
  std::uint64_t searches = 0;
  for (const Command& command : commands)
    searches += command.as<Search>() != nullptr ? 1 : 0;
  if (searches > 0) desk_->searches_asked += searches;
  store_thread_.post([this, commands = std::move(commands)] {
    for (const Command& command : commands)
      run(*desk_, command);
  });
}

void App::wait_until_idle() {
  // A command may start something on the net, and its end starts a sync (enrolment): twice there and back.
  for (int i = 0; i < 3; ++i) {
    wait_for(store_thread_);
    wait_for(net_thread_);
  }
  wait_for(store_thread_);
}

}  // namespace lianxin::client::app
