#pragma once
// Settings of this laptop: language at once, size of text, contrast, lock, passphrase, second copy, about.
#include <cstdint>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/file_chooser.hpp"
#include "client/ui/ui.hpp"
#include "client/view/settings_view.hpp"

namespace lianxin::client::ui {

struct SettingsState {
  std::string old_passphrase;
  std::string next_passphrase;
  std::string again;
  std::string problem;         ///< said before anything is sent
  std::uint64_t answered = 0;  ///< answers to a change of the passphrase seen
  FileChooserState second_copy;
  bool copy_off_open = false;
};

void draw_settings(Ui& ui, const view::SettingsView& view, SettingsState& state, app::CommandQueue& commands);
/// The page is left: typed passphrases are wiped.
void leave_settings(SettingsState& state);

}  // namespace lianxin::client::ui
