#pragma once
// What the program itself fills in when a record is made (domain.md 2: org_id_at_event, K4). Internal to this
// folder.
#include <map>
#include <string>

#include "client/store/records_impl.hpp"

namespace lianxin::client::store {

/// Values by field name for fields of `kind` that are empty in `values`: the unit where it happened, its
/// division code of today, the worker who writes it.
[[nodiscard]] Result<std::map<std::string, std::string>> stamps_of(RecordsImpl& records, const OwnState& own,
                                                                   const domain::Kind& kind,
                                                                   const domain::RecordValues& values);

}  // namespace lianxin::client::store
