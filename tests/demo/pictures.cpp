// lianxin-demo-pictures HOME OUT [zh|en]: paints the main screens of a real laptop's store into PNG files,
// without a display. The program behind the window is the real one; only the window is missing. Passphrase:
// LIANXIN_PASSPHRASE.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>

#include "client/app/app.hpp"
#include "client/ui/window.hpp"
#include "tests/ui/headless.hpp"

namespace lianxin::demo {
namespace {

namespace app = client::app;
namespace view = client::view;

class Painter {
 public:
  Painter(app::App& program, std::filesystem::path out, const std::string& language)
      : app_(program),
        out_(std::move(out)),
        headless_([this](client::ui::Ui& ui, app::CommandQueue& commands) { draw(ui, commands); },
                  test::ui::HeadlessSettings{.language = language}) {}

  /// Asks the program, brings to the front what it answers, paints it.
  void paint(const char* name, const app::Command& command) {
    ask({command});
    client::ui::open_in_front(state_, command);
    if (const auto* page = command.as<app::OpenPage>()) {
      state_.shell.page = page->page;
      state_.front = client::ui::Front::kPage;
    }
    for (int i = 0; i < 3; ++i) {
      headless_.frames(2);
      ask(headless_.commands());
    }
    headless_.picture(out_ / (std::string(name) + ".png"));
  }

 private:
  void ask(std::vector<app::Command> commands) {
    if (!commands.empty()) app_.take(std::move(commands));
    app_.wait_until_idle();
    screens_ = app_.screens();
  }
  void draw(client::ui::Ui& ui, app::CommandQueue& commands) {
    client::ui::draw_window(ui, *screens_, state_, commands);
  }

  app::App& app_;
  std::filesystem::path out_;
  std::shared_ptr<const view::ScreensView> screens_ = app_.screens();
  client::ui::WindowState state_;
  test::ui::Headless headless_;
};

/// Whom the forms are opened for: the first who is due, else the first there is.
Id somebody(const view::ScreensView& screens) {
  if (!screens.today.due.empty()) return screens.today.due.front().member;
  return screens.members.rows.empty() ? Id{} : screens.members.rows.front().member;
}

int paint_all(const std::filesystem::path& home, const std::filesystem::path& out,
              const std::string& language) {
  const char* passphrase = std::getenv("LIANXIN_PASSPHRASE");
  app::AppSettings settings;
  settings.home = home;
  settings.language = language;
  app::App program(std::move(settings));
  std::filesystem::create_directories(out);
  Painter painter(program, out, language);
  painter.paint("1-unlock", app::CancelSync{});
  program.take({app::Unlock{".", passphrase != nullptr ? passphrase : ""}});
  program.wait_until_idle();
  const auto screens = program.screens();
  if (screens->shell.access != view::Access::kOpen) {
    std::fprintf(stderr, "lianxin-demo-pictures: %s\n", screens->unlock.problem.c_str());
    return 1;
  }
  painter.paint("2-today", app::OpenPage{view::Page::kToday});
  painter.paint("3-members", app::OpenPage{view::Page::kMembers});
  if (const Id member = somebody(*screens); !member.is_nil()) {
    painter.paint("4-member", app::OpenMember{member});
    painter.paint("5-visit", app::OpenVisitForm{member});
  }
  painter.paint("6-visits", app::OpenPage{view::Page::kVisits});
  painter.paint("7-questions", app::OpenPage{view::Page::kCases});
  painter.paint("8-conflicts", app::OpenPage{view::Page::kConflicts});
  painter.paint("9-sync", app::OpenPage{view::Page::kSync});
  return 0;
}

}  // namespace
}  // namespace lianxin::demo

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "lianxin-demo-pictures HOME OUT [zh|en]\n");
    return 2;
  }
  const std::string language = argc > 3 && std::string(argv[3]) == "en" ? "en" : "zh-CN";
  try {
    return lianxin::demo::paint_all(std::filesystem::absolute(argv[1]), std::filesystem::absolute(argv[2]),
                                    language);
  } catch (const std::exception& failed) {
    std::fprintf(stderr, "lianxin-demo-pictures: %s\n", failed.what());
    return 1;
  }
}
