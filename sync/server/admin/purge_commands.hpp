#pragma once
// purge: values taken away for ever, on every replica (sync.md 11).
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

[[nodiscard]] Result<int> purge_command(const Context& context);

}  // namespace lianxin::sync::server::admin
