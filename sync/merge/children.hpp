#pragma once
// What hangs on a record beside its removal (sync.md 3.5).
//
// A removal says what its author was shown: the heads of the record (2.4), those of what hangs on it, and a
// name that no change has, by which readers know that it speaks of children at all. A removal of an older
// program does not, and nothing is asked about it.
#include <optional>
#include <vector>

#include "sync/merge/merge.hpp"

namespace lianxin::sync::merge {

/// Among the names a removal gives: it names what hangs on its record too.
inline constexpr ChangeId kNamesChildren{{0}, 1};

/// A head of `deleted` or `voided` that removes the record; an undelete does not.
[[nodiscard]] bool removes(std::uint16_t field, const Head& head);
/// Some head of the record removes it.
[[nodiscard]] bool has_removal(const RecordState& state);
/// Adds the heads of what hangs on the record to what a removal says its author was shown. A change holds at
/// most `change::kSeenMax` names: where more would be needed, none is added.
void name_children(std::vector<change::SeenRef>& group_seen, const std::vector<change::SeenRef>& heads);
/// The removals by `field` whose author was shown nothing of `child`, which is not removed itself, and the
/// oldest head of it; its element is the child's id. nullopt = there is nothing to ask. A child of which
/// every head that was shown has been replaced since counts as not shown.
[[nodiscard]] std::optional<Conflict> beside_removal(const RecordState& state, std::uint16_t field,
                                                     const RecordState& child);

}  // namespace lianxin::sync::merge
