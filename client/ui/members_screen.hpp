#pragma once
// The list of members; what is typed in the bar's search narrows it.
#include <optional>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/members_view.hpp"

namespace lianxin::client::ui {

/// What a chosen row is for.
enum class MemberPick : std::uint8_t { kOpen, kVisit, kDelivery };

struct MembersState {
  std::string query;  ///< typed in the bar
  MemberPick pick = MemberPick::kOpen;
  Id chosen;                         ///< the row that has, or had last, the focus
  bool focus_rows = false;           ///< the first row takes the focus
  bool open_first = false;           ///< Enter in the search: opens the best match as soon as it is there
  bool clear_wanted = false;         ///< the search is to be emptied
  std::string listed;                ///< the search whose list was drawn last
  std::optional<app::Search> asked;  ///< part of the list that was asked for and is not here yet
  std::optional<std::uint32_t> focused_place;  ///< has the focus, and nobody is there yet
};

void draw_members(Ui& ui, const view::MembersView& view, MembersState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
