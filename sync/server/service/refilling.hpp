#pragma once
// Values that came as purged although no purge asks for it, and come again (sync.md 6.3, 11).
#include "sync/server/service/workspace.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server {

/// Fills them where the batch, which was compared with what is kept head by head, has the values; states and
/// feeds follow. Inside the transaction of a push, before anything of it is merged.
[[nodiscard]] Status fill_values(store::Writer& writer, Workspace& workspace,
                                 const wire::ExchangeRequest& request, const store::ReplicaRow& known);

}  // namespace lianxin::sync::server
