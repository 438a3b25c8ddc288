// Language, size of the text, contrast, idle lock, second copy.
#include "client/app/desk.hpp"
#include "shared/base/log.hpp"

namespace lianxin::client::app {
namespace {

constexpr std::uint32_t kIdleMinutesMax = 60;

void keep_look(Desk& desk, const ScreenLook& look) {
  if (auto kept = desk.laptop.set_look(look); !kept.ok()) desk.toast(kept.error());
  view::SettingsView& settings = desk.screens.settings;
  settings.language = look.language;
  settings.text_percent = look.text_percent;
  settings.contrast = look.contrast;
}

void keep(Desk& desk, const char* name, const std::string& value) {
  if (!desk.store) return;
  if (auto kept = desk.store->settings().set(name, value); !kept.ok()) desk.toast(kept.error());
}

}  // namespace

void handle(Desk& desk, const SetLanguage& command) {
  ScreenLook look = desk.laptop.look();
  look.language = command.language == "en" ? "en" : "zh-CN";
  desk.use_language(look.language);
  keep_look(desk, look);
  keep(desk, "language", look.language);
  if (desk.store) {
    // Every view is made of words: all of them again.
    const view::Page front = desk.front;
    const Id member = desk.screens.member.member;
    const bool has_member = desk.screens.member.state.readiness == view::Readiness::kReady;
    desk.show_inside();
    desk.front = front;
    desk.build_page(front);
    if (has_member) desk.build_member(member);
  }
  desk.publish();
}

void handle(Desk& desk, const SetTextSize& command) {
  ScreenLook look = desk.laptop.look();
  for (const std::uint32_t step : {100U, 112U, 125U, 150U}) {
    if (step == command.percent) look.text_percent = step;
  }
  keep_look(desk, look);
  desk.publish();
}

void handle(Desk& desk, const SetContrast& command) {
  ScreenLook look = desk.laptop.look();
  look.contrast = command.contrast;
  keep_look(desk, look);
  desk.publish();
}

void handle(Desk& desk, const SetIdleLock& command) {
  const std::uint32_t minutes = std::min(command.minutes, kIdleMinutesMax);
  keep(desk, "idle_lock_minutes", std::to_string(minutes));
  desk.screens.settings.idle_lock_minutes = minutes;
  desk.screens.shell.idle_lock_minutes = minutes;
  desk.publish();
}

void handle(Desk& desk, const SetSecondCopy& command) {
  desk.screens.settings.second_copy_problems.clear();
  const auto moved = desk.store->set_journal_folder(command.folder);
  if (moved.ok()) {
    desk.toast(desk.wording.text("app.second_copy_set"));
  } else {
    desk.screens.settings.second_copy_problems.push_back(
        {"folder", desk.wording.sentence(moved.error()), {}});
  }
  desk.build_settings();
  desk.build_shell();
  desk.publish();
}

}  // namespace lianxin::client::app
