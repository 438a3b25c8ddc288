#pragma once
// What hangs on a record beside its removal (sync.md 3.5).
//
// A removal says what its author was shown: the heads of the record (2.4), those of what hangs on it, and a
// name that no change has, by which readers know that it speaks of children at all. A removal of an older
// program does not, and nothing is asked about it. A write holds `change::kSeenMax` names: where there are
// more, "looked at" marks in the same change go on. An older program sees the names of the removal alone, and
// asks about the rest.
#include <optional>
#include <vector>

#include "sync/merge/merge.hpp"

namespace lianxin::sync::merge {

/// Among the names a removal gives: it names what hangs on its record too.
inline constexpr ChangeId kNamesChildren{{0}, 1};

/// A head of `deleted` or `voided` that removes the record; an undelete does not.
[[nodiscard]] bool removes(std::uint16_t field, const Head& head);
/// What is shown of either mark removes the record.
[[nodiscard]] bool is_removed(const RecordState& state);
/// Writes beside a removal that go on with its names, at most: about two million heads below a record. Beyond
/// it some are not named, and a person is asked about them. The server keeps aside, for the office to see,
/// what makes a state larger than it takes (4 MB).
inline constexpr std::size_t kNamingMarksMax = change::kWritesMax - 8;

/// What a removal says its author was shown: the heads of the record that stand in `group_seen` and those
/// below it. What finds no room there is returned, a piece for each mark beside it; all sorted, each once.
[[nodiscard]] std::vector<std::vector<change::SeenRef>> name_children(
    std::vector<change::SeenRef>& group_seen, const std::vector<change::SeenRef>& below);
/// Element of the mark with the piece of this number.
[[nodiscard]] std::string naming_element(std::size_t piece);
/// A mark with names, not one that a person sets.
[[nodiscard]] bool is_naming(std::uint16_t field, std::string_view element);

/// Which heads a removal names, itself and by the marks beside it. Valid while the state is.
class RemovalNames {
 public:
  /// `owner` = the class it stands in.
  RemovalNames(const ClassState& owner, const Head& removal);
  [[nodiscard]] bool has(const ChangeId& id) const;

 private:
  std::vector<const Head*> by_;
};
/// The removals by `field` whose author was shown nothing of `child`, which is not removed itself, and the
/// oldest head of it; its element is the child's id. nullopt = there is nothing to ask. A child of which
/// every head that was shown has been replaced since counts as not shown.
[[nodiscard]] std::optional<Conflict> beside_removal(const RecordState& state, std::uint16_t field,
                                                     const RecordState& child);

}  // namespace lianxin::sync::merge
