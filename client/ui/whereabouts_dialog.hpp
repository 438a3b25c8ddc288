#pragma once
// Short forms over a member's file: came home or moved on, and a call. Enter takes them.
#include <cstdint>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/place_field.hpp"
#include "client/ui/stash_timer.hpp"
#include "client/ui/ui.hpp"
#include "client/view/member_file_view.hpp"

namespace lianxin::client::ui {

/// A short form closes when it is taken, and comes back as it was typed when it was refused.
struct ShortForm {
  bool open = false;
  bool started = false;        ///< the fields were filled for this opening
  bool sent = false;           ///< and not answered yet
  std::uint32_t answered = 0;  ///< answers there were when it was sent
  std::string problem;         ///< why it was refused
  StashTimer stash;
  bool stashed = false;     ///< some of it is kept as a draft
  bool drop_asked = false;  ///< the first of two gestures that give it up
  bool dropped = false;
};
struct WhereaboutsState {
  ShortForm form;
  std::string what;  ///< "returned", "home", "moved"
  PlaceState place;  ///< where he moved on to
  app::SayWhereabouts said;
};
struct CallState {
  ShortForm form;
  app::SayCall said;
  std::string filter;  ///< whom else the call was about, as typed
};

/// Buttons that open them, in the row of the file's buttons.
void whereabouts_buttons(Ui& ui, const view::MemberFileView& view, WhereaboutsState& moving, CallState& call);
void draw_whereabouts(Ui& ui, const view::MemberFileView& view, WhereaboutsState& state,
                      app::CommandQueue& commands);
/// What is typed in them is put aside.
void stash_short_forms(WhereaboutsState& moving, CallState& call, app::CommandQueue& commands);
void draw_call(Ui& ui, const view::MemberFileView& view, CallState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
