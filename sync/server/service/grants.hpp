#pragma once
// Grants that go along with a move.
#include "shared/base/date.hpp"
#include "sync/server/service/own_changes.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

struct NewHolder {
  Id worker;
  Id division;
  Date on;  ///< from this day
};

/// Gives a grant to its new holder, unless that one has the same reach already, and ends the old one the day
/// before; the dated roles beside both say the same. False = it was over by then.
[[nodiscard]] Result<bool> pass_grant(store::Writer& writer, OwnChanges& own, store::GrantRow grant,
                                      const NewHolder& holder, WallMs now_ms);
/// A move counts from a day that has come: nothing waits here to be done by itself (sync.md 2.7). Error
/// "move.future" {on}.
[[nodiscard]] Status must_have_come(const Date& on, WallMs now_ms);

}  // namespace lianxin::sync::server
