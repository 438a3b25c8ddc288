#pragma once
// The whole window over the sample of the work screens, for tests that press keys.
#include "client/ui/window.hpp"
#include "tests/ui/headless.hpp"
#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"

namespace lianxin::test::ui {

struct WorkDesk {
  explicit WorkDesk(const client::app::Command& opens, const HeadlessSettings& settings = {})
      : screens(with_work(settings.language)),
        ui(
            [this](client::ui::Ui& kit, client::app::CommandQueue& commands) {
              client::ui::draw_window(kit, screens, state, commands);
            },
            settings) {
    ui.frames(2);
    client::ui::open_in_front(state, opens);
    ui.frames(4);
    (void)ui.commands();
  }

  static client::view::ScreensView with_work(const std::string& language) {
    client::view::ScreensView made = sample_screens(language);
    add_work(made, language);
    return made;
  }

  client::view::ScreensView screens;
  client::ui::WindowState state;
  Headless ui;
};

/// How many commands of a kind.
template <class T>
std::size_t sent_count(const std::vector<client::app::Command>& commands) {
  std::size_t found = 0;
  for (const client::app::Command& command : commands)
    found += command.as<T>() != nullptr ? 1 : 0;
  return found;
}

}  // namespace lianxin::test::ui
