#pragma once
// The county's own fields: given out, and shown.
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

[[nodiscard]] Result<int> catalogue_extend(const Context& context);
[[nodiscard]] Result<int> catalogue_show(const Context& context);

}  // namespace lianxin::sync::server::admin
