#pragma once
// The frame around every page: bar with search and main action, navigation, status line.
#include <string>

#include "client/app/command.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/help.hpp"
#include "client/ui/members_screen.hpp"
#include "client/ui/ui.hpp"
#include "client/view/shell_view.hpp"

namespace lianxin::client::ui {

struct ShellState {
  view::Page page = view::Page::kToday;  ///< marked in the navigation
  bool search_focus = false;             ///< the search takes the focus in this frame
  bool search_active = false;            ///< it has the focus, or is about to have it
  bool new_visit = false;                ///< set for one frame: the main action was pressed
  HelpState help;
  ToastState toast;
};

/// The text key of a page's name ("page.today").
[[nodiscard]] std::string page_key(view::Page page);

/// The bar on top. What is typed goes into `members` and out as Search.
void draw_bar(Ui& ui, const view::ShellView& view, ShellState& state, MembersState& members,
              app::CommandQueue& commands);
/// The column left. Pushes OpenPage.
void draw_navigation(Ui& ui, const view::ShellView& view, const ShellState& state,
                     app::CommandQueue& commands);
/// The line below.
void draw_status(Ui& ui, const view::ShellView& view, ShellState& state);

/// Sizes of the frame, in pixels.
struct ShellSizes {
  float bar;
  float navigation;
  float status;
};
[[nodiscard]] ShellSizes shell_sizes(const Ui& ui);

}  // namespace lianxin::client::ui
