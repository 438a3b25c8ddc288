#pragma once
// Everything between the edges of the window: which page is in front, and the frame around it.
#include <optional>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/members_screen.hpp"
#include "client/ui/shell.hpp"
#include "client/ui/today_screen.hpp"
#include "client/ui/ui.hpp"
#include "client/ui/unlock_screen.hpp"
#include "client/ui/work_pages.hpp"
#include "client/view/screens_view.hpp"

namespace lianxin::client::ui {

/// What exists only while looking. Belongs to the window's thread.
struct WindowState {
  ShellState shell;
  Front front = Front::kPage;
  Front under = Front::kPage;         ///< where a form returns to: the page or a member's file
  std::optional<Id> draft_wanted;     ///< an OpenDraft whose kind is not known yet
  bool form_seen = false;             ///< the form in front has been answered once
  std::optional<view::Page> back_to;  ///< where a record's form returns to that another page has opened
  bool covered = false;               ///< F9
  bool was_open = false;              ///< unlocked, in the frame before
  bool locks = false;                 ///< this window has asked to be locked since
  std::string unlocks;                ///< the store that was asked to be unlocked last
  std::optional<std::string> whose;   ///< store of what is typed here; none yet = nobody came in
  std::string content;                ///< name of what was between the edges last
  double last_input = 0;              ///< ImGui::GetTime()
  bool lock_sent = false;

  UnlockState unlock;
  EnrolState enrol;
  TodayState today;
  MembersState members;
  WorkState work;
};

/// One frame. Pushes what the person wanted; the front follows the commands, so that a screen opens another
/// by pushing its command and nothing else.
void draw_window(Ui& ui, const view::ScreensView& view, WindowState& state, app::CommandQueue& commands);

/// Brings to the front what this command opens; other commands do nothing.
void open_in_front(WindowState& state, const app::Command& command);

/// A file was dropped on the window: a photo, where photos are on the screen; elsewhere nothing.
void drop_file(WindowState& state, const std::string& path);

}  // namespace lianxin::client::ui
