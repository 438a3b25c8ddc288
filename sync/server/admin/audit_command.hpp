#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// Who did what: sentences for people, with names for ids and codes; --json has every entry as it is kept.
[[nodiscard]] Result<int> audit_command(const Context& context);

}  // namespace lianxin::sync::server::admin
