#pragma once
// Hand-overs of records, villages and a worker's load.
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// Errors: those of Moves.
[[nodiscard]] Result<int> handover_command(const Context& context);
[[nodiscard]] Result<int> division_merge(const Context& context);
[[nodiscard]] Result<int> worker_replace(const Context& context);

}  // namespace lianxin::sync::server::admin
