#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// A consistent copy while laptops sync. The passphrase must be the administrator's ("server.login"), so that
/// no backup is sealed with a slip of the finger.
[[nodiscard]] Result<int> backup_command(const Context& context);
/// Into a folder without a store ("server.made"); then the next epoch begins: laptops send again what the
/// backup lacks.
[[nodiscard]] Result<int> restore_command(const Context& context);

}  // namespace lianxin::sync::server::admin
