#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// serve: answers laptops until SIGTERM or SIGINT, then finishes what was taken. First line on standard
/// output, whatever the form asked for: {"listening":"127.0.0.1:8443"}. Errors "server.running" and those of
/// HttpServer::start. Blocks these signals in the whole process: start no thread before.
[[nodiscard]] Result<int> serve_command(const Context& context);

}  // namespace lianxin::sync::server::admin
