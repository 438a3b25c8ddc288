#pragma once
// "Unchanged this quarter" (domain.md ch. 3 row 7): one act for one member or for a page of them. Store
// thread.
#include <string>
#include <vector>

#include "client/app/command.hpp"
#include "client/store/laptop_store.hpp"

namespace lianxin::client::app {

struct RefreshAsked {
  std::vector<Id> members;
  std::string quarter;  ///< "2026Q4"; "" = the quarter of today
  std::string how;      ///< code of list refresh_how
};
struct Refreshed {
  store::Saved saved;
  std::string problem_kind;  ///< of the record `saved.problems` are about
  std::vector<Id> members;   ///< of whom it was said now
  std::vector<Id> records;   ///< their quarter_refresh, in the same order
  std::vector<Id> already;   ///< of whom it had been said
};

/// Records quarter_refresh with outcome "unchanged" for each, and confirms where they live, work and can be
/// reached, all in one action: one undo takes it back, voiding a record takes one back. Errors
/// "record.unknown" {id}, "refresh.not_member" {id}, "refresh.many" {max}, "refresh.quarter" {quarter} (it
/// has not begun, or is none).
[[nodiscard]] Result<Refreshed> say_unchanged(store::LaptopStore& store, const RefreshAsked& asked);

}  // namespace lianxin::client::app
