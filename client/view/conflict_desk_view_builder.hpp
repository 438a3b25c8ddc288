#pragma once
// Builds ConflictDeskView: what was, what I say, what the other says, in words. Store thread.
#include <set>
#include <string>
#include <utility>

#include "client/view/conflict_desk_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

[[nodiscard]] Result<ConflictDeskView> build_conflict_desk(const ViewSources& sources);
/// One's own values that lost and were not looked at; also shown after a sync.
[[nodiscard]] Result<std::vector<ConflictDeskView::Told>> told_in_words(const ViewSources& sources);

/// Writes of a conflict's rivals, by change and field, whose value was erased by law. Whatever else has no
/// value was cleared by somebody.
using PurgedWrites = std::set<std::pair<ChangeId, std::string>>;
[[nodiscard]] Result<PurgedWrites> purged_in(store::Records& records, const store::ConflictItem& conflict);

/// Byte range of `value` that is not in `other`: between the common beginning and the common end, never
/// cutting a character.
struct Difference {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};
[[nodiscard]] Difference difference_of(const std::string& value, const std::string& other);
/// "199 0000 5566" as people read numbers; other texts stay.
[[nodiscard]] std::string spaced_phone(const std::string& value);

}  // namespace lianxin::client::view
