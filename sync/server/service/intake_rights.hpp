#pragma once
// What is asked of every change before it is applied, whoever brings it (sync.md 4.3).
#include "sync/change/change.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {

/// The head names another kind than the record is of: rights would be asked for the one, and the other be
/// written. False while nothing of the record was applied: the first change says what it is.
[[nodiscard]] Result<bool> is_of_another_kind(Workspace& workspace, const change::ChangeBody& body);

}  // namespace lianxin::sync::server
