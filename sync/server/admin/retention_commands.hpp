#pragma once
// `retention`: what is past its period, and its purge.
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// Without --apply nothing is changed. --apply asks for --reason and for --count, the number the preview
/// showed: "retention.count" {shown, now} when it is another one by now, "retention.future" for a day to
/// come.
[[nodiscard]] Result<int> retention_command(const Context& context);

}  // namespace lianxin::sync::server::admin
