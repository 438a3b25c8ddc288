#pragma once
// What people call a record or a scope, for lists of the office.
#include <string>

#include "shared/domain/catalogue.hpp"
#include "sync/merge/record_state.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// The state of a record as one viewer holds it: nil = everything; a worker in the field gets hardship and
/// notes only as far as own.
[[nodiscard]] Result<merge::RecordState> state_for(store::Reader& reader, const store::RecordRow& row,
                                                   const Id& viewer);
/// Shown name of a record; "" when there is none, or its kind has none.
[[nodiscard]] Result<std::string> record_name(store::Reader& reader, const domain::Catalogue& catalogue,
                                              const store::RecordRow& row);
/// Shown name of a worker record; "" when there is none.
[[nodiscard]] Result<std::string> worker_name(store::Reader& reader, const domain::Catalogue& catalogue,
                                              const Id& worker);
/// Code of a division; "" for the shelf and the unknown.
[[nodiscard]] Result<std::string> code_of(store::Reader& reader, const Id& scope);

}  // namespace lianxin::sync::server
