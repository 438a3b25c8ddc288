#pragma once
// passphrase change: another one for the administrator, by the rules of `lianxinctl passphrase change`.
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// A server that runs goes on: only the next backup is sealed by the new one.
[[nodiscard]] Result<int> passphrase_change(const Context& context);

}  // namespace lianxin::sync::server::admin
