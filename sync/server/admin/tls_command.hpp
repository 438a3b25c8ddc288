#pragma once
// tls renew: another certificate for the key the server has.
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// The key stays, because it is what laptops know the county by (README of sync/server). Counts from the next
/// start of `serve`. Errors "server.tls.authority" {path} (its key is kept elsewhere), "server.tls",
/// "server.host", "tls.*".
[[nodiscard]] Result<int> tls_renew(const Context& context);

}  // namespace lianxin::sync::server::admin
