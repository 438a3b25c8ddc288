// lianxin: the window. Puts the program behind it (client/app) and the window (client/platform) together.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "assets/assets.hpp"
#include "client/app/app.hpp"
#include "client/app/first_language.hpp"
#include "client/app/formats.hpp"
#include "client/platform/window.hpp"
#include "client/ui/frame_source.hpp"
#include "shared/base/check.hpp"
#include "shared/base/log.hpp"
#include "shared/terminal/command_line.hpp"
#include "shared/terminal/standard_streams.hpp"

namespace lianxin::client {
namespace {

/// What the window draws and where its wishes go.
class AppFrames final : public ui::FrameSource {
 public:
  explicit AppFrames(app::App& app) : app_(app) {}
  std::shared_ptr<const view::ScreensView> latest() override { return app_.screens(); }
  std::shared_ptr<const Messages> messages() override { return app_.messages(); }
  void take(std::vector<app::Command> commands) override { app_.take(std::move(commands)); }
  bool should_close() override { return false; }

 private:
  app::App& app_;
};

int run(const std::filesystem::path& home, const std::string& language) {
  app::AppSettings settings;
  settings.home = home;
  if (!language.empty()) settings.language = language == "en" ? "en" : "zh-CN";
  settings.on_publish = [] { platform::wake_window(); };
  app::App app(std::move(settings));
  AppFrames frames(app);
  platform::WindowSettings window;
  window.title = app.messages()->get("app.window_title");
  const Status shown = platform::run_window(window, frames);
  if (shown.ok()) return 0;
  std::fprintf(stderr, "lianxin: %s\n", app.messages()->sentence(shown.error()).c_str());
  return 1;
}

/// The edge of the window's thread. What was saved is on the disk, what was typed among the drafts.
int run_to_the_edge(const std::filesystem::path& home, const std::string& language,
                    const Messages& messages) {
  try {
    return run(home, language);
  } catch (const std::exception& thrown) {
    log_thrown("window.threw");
    const Error told = fail("program.threw", {{"what", thrown.what()}});
    std::fprintf(stderr, "lianxin: %s\n", messages.sentence(told).c_str());
    return 1;
  }
}

}  // namespace
}  // namespace lianxin::client

int main(int argc, char** argv) {
  using namespace lianxin;
  hold_standard_streams();
  const std::vector<std::string> given(argv + std::min(argc, 1), argv + argc);
  const Result<Messages> messages =
      Messages::parse(assets::texts(language_of(given) == "en" ? "en" : "zh-CN"));
  LX_CHECK(messages.ok(), "the program's own texts");
  CLI::App words("", "lianxin");
  std::string home;
  std::string language;
  words.add_option("--home", home);
  words.add_option("--lang", language)->check(CLI::IsMember({"zh", "en"}));
  if (const auto reply =
          read_command_line(words, given, *messages, "lianxin", client::app::laptop_formats())) {
    std::fputs(reply->message.c_str(), reply->exit_code == 0 ? stdout : stderr);
    return reply->exit_code;
  }
  const auto folder = client::app::home_folder(home);
  if (!folder.ok()) {
    std::fprintf(stderr, "lianxin: %s\n", messages->sentence(folder.error()).c_str());
    return 1;
  }
  return client::run_to_the_edge(*folder, client::app::first_language(*folder, language, language_of(given)),
                                 *messages);
}
