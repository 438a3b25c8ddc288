#pragma once
// Forms that were handed in keep the file as it was (domain.md K7): what a purge of a person takes from the
// records stands in them still, and whoever purges is told so.
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// Snapshots of forms of the units in which a record was ever written or stands, and of those above them, by
/// id: any of them may name the person. Reads the whole table of snapshots: for the office, not for an
/// exchange.
[[nodiscard]] Result<std::vector<Id>> forms_handed_in(store::Reader& reader,
                                                      const domain::Catalogue& catalogue, const Id& record);

}  // namespace lianxin::sync::server
