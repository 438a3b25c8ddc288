#pragma once
// The lists beside the store hold whatever the store says of purges, grants and laptops: who lost one of
// them, or a part of it, would restore people that were purged and let in laptops that were revoked.
#include <vector>

#include "sync/server/admin/command.hpp"
#include "sync/server/store/lists.hpp"

namespace lianxin::sync::server::admin {

/// What the store says and the lists never did; a step that was cut after its line stood there lacks nothing.
/// Error "server.list".
[[nodiscard]] Result<std::vector<store::ListLine>> missing_in_lists(const OpenCounty& county,
                                                                    const store::Lists& lists);
/// The last word of the lists is the store's.
[[nodiscard]] Status complete_lists(const OpenCounty& county, const store::Lists& lists);

}  // namespace lianxin::sync::server::admin
