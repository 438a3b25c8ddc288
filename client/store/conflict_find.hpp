#pragma once
// A conflict by the name it is listed under. Internal to this folder.
#include <optional>
#include <string_view>

#include "client/store/action.hpp"

namespace lianxin::client::store {

struct FoundConflict {
  RecordBox box;
  sync::merge::Conflict conflict;
};
/// nullopt = settled, or never was.
[[nodiscard]] Result<std::optional<FoundConflict>> find_conflict(RecordsImpl& records, std::string_view id);

}  // namespace lianxin::client::store
