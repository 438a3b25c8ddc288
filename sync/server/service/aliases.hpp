#pragma once
// "A is B" (sync.md 3.8) gives both records to whoever holds one: it is for those who hold both.
#include "sync/server/service/access.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {

/// True iff the change says "the same" of a record that is here and stands neither in `through` nor in a
/// scope that is held now.
[[nodiscard]] Result<bool> joins_unheld(Workspace& workspace, const Access& access,
                                        const change::ChangeBody& body, const change::ChangeValues& values,
                                        const Id& through);
/// True iff it would make one of more than `kClusterMax` records.
[[nodiscard]] Result<bool> joins_too_many(Workspace& workspace, const change::ChangeBody& body,
                                          const change::ChangeValues& values);

}  // namespace lianxin::sync::server
