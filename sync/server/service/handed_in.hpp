#pragma once
// Forms that were handed in keep the file as it was (domain.md K7): what a purge of a person takes from the
// records stands in them still, and whoever purges is told so.
#include <string>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// Snapshots of forms of the units in which a record was ever written or stands, and of those above them, by
/// id: any of them may show what stood in one of these fields. None where no form shows any of them. Reads
/// the whole table of snapshots: for the office, not for an exchange.
[[nodiscard]] Result<std::vector<Id>> forms_handed_in(store::Reader& reader,
                                                      const domain::Catalogue& catalogue, const Id& record,
                                                      const std::vector<std::string>& fields);

}  // namespace lianxin::sync::server
