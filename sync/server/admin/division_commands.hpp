#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// Reads the file piece by piece, however long. Error "server.file" {file}, and those of the service.
[[nodiscard]] Result<int> division_import(const Context& context);
[[nodiscard]] Result<int> division_list(const Context& context);

}  // namespace lianxin::sync::server::admin
