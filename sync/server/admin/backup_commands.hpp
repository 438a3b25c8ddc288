#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// A consistent copy while laptops sync. The passphrase must be the administrator's ("server.login"), so that
/// no backup is sealed with a slip of the finger.
[[nodiscard]] Result<int> backup_command(const Context& context);
/// What became of the copy of the store that a backup is made from, beside that `file`: a full disk is the
/// backup's.
[[nodiscard]] Status copied_beside(Status copied, const std::string& file);
/// Into a folder without a store ("server.made"); then the next epoch begins: laptops send again what the
/// backup lacks.
[[nodiscard]] Result<int> restore_command(const Context& context);

}  // namespace lianxin::sync::server::admin
