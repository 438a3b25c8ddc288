#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// Moves everything the server keeps into a PostgreSQL database, or from there back into a file. Nothing may
/// serve meanwhile ("server.running"). The old place keeps what it has until somebody removes it. Errors
/// "server.store_kind" {store}, "server.store_same", and those of both stores ("store.exists": the target
/// holds rows of ours already).
[[nodiscard]] Result<int> migrate_command(const Context& context);

}  // namespace lianxin::sync::server::admin
