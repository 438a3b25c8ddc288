#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// init: folder, store key, TLS files, store, the county. What a power cut left half made is finished by the
/// next try. Errors besides those of the service: "server.made", "server.store_kind" {store},
/// "server.host" {host}.
[[nodiscard]] Result<int> init_command(const Context& context);

/// "https://host:port" as it stands in join lines. A host may be a name, an IPv4 or an IPv6 address.
[[nodiscard]] Result<std::string> server_url(const std::string& host, int port);

}  // namespace lianxin::sync::server::admin
