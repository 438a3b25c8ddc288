#pragma once
// What waits for the office's decision, and looking at what there is.
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

[[nodiscard]] Result<int> quarantine_list(const Context& context);
[[nodiscard]] Result<int> quarantine_accept(const Context& context);
[[nodiscard]] Result<int> quarantine_close(const Context& context);

[[nodiscard]] Result<int> dump_command(const Context& context);
/// Exit status 1 when a problem was found.
[[nodiscard]] Result<int> verify_command(const Context& context);
[[nodiscard]] Result<int> stats_command(const Context& context);

}  // namespace lianxin::sync::server::admin
