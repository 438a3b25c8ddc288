#pragma once
// A record in memory: what the server's feeds brought, and what is shown (sync.md 3.10).
#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

#include "shared/base/flat_map.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::client::store {

/// Bits of record.flags and of the tables of shown values.
enum RecordFlag : std::uint32_t {
  kVoided = 1,
  kDeleted = 2,
  kInDispute = 4,
  kWaiting = 8,  ///< ghosts
  kQuarantined = 16,
  kLeaving = 32,            ///< no held scope any more; kept until its work is safe (sync.md 6.2)
  kAliased = 64,            ///< another record stands for it (3.8): passed over by lists and counts
  kCountedElsewhere = 128,  ///< names the fact that counts in its place (K3): listed, not counted
  // 256 is kOwnApproval (approval.hpp)
  /// Nothing of it applies yet: made by what the county has kept aside, of others. It has no row among the
  /// shown values, so no list, count or form has it.
  kUnapplied = 512,
};
/// Bits of what counts pass over.
inline constexpr std::uint32_t kNotCounted = kVoided | kDeleted | kAliased | kCountedElsewhere;

/// Bits with which `kind_count` does not count.
inline constexpr std::uint32_t kNotInKindCount = kNotCounted | kUnapplied;

/// Classes, a bit each.
using ClassMask = std::uint64_t;
inline constexpr ClassMask kAnyClass = ~ClassMask{0};
[[nodiscard]] inline ClassMask mask_of(std::uint8_t privacy) { return ClassMask{1} << (privacy & 63U); }

/// Where table `state` has a class of a record.
[[nodiscard]] inline std::int64_t state_place(std::int64_t number, std::uint8_t privacy) {
  constexpr std::int64_t kClassesMax = 256;
  return kClassesMax * number + privacy;
}

/// What stands in table `record`.
struct RecordRow {
  std::uint16_t kind = 0;
  Id parent;
  Id scope;  ///< the one shown; nil = shelf
  std::uint32_t flags = 0;
  std::int64_t number = 0;  ///< of the record in this store; 0 = none yet
  bool operator==(const RecordRow&) const = default;
};

/// Bits of record.stands (membership.hpp).
enum StandsBit : std::uint8_t {
  kStandsInRow = 1,   ///< in the scope that its row names
  kStandsBeside = 2,  ///< there are pairs in `membership_beside`
};

/// The change that alone makes a class of the base (told_state.hpp).
struct ToldBy {
  std::int64_t seq = 0;     ///< of table `change`
  bool is_certain = false;  ///< else it was so when it was read, and is looked at again
};

struct RecordBox {
  sync::merge::RecordState base;
  sync::merge::RecordState shown;
  Id scope;  ///< the one shown; nil = shelf
  std::uint32_t flags = 0;
  bool is_known = false;     ///< has a row
  RecordRow row;             ///< as it was read or last written
  std::uint8_t stands = 0;   ///< StandsBit, as it was read
  std::optional<Id> enters;  ///< in which scope a record stands that has no row yet
  bool has_overlay = false;
  FlatMap<std::uint8_t, ToldBy> told_by;  ///< by class; none = several have made it, or nobody knows
};

/// Something of it has come from the server.
[[nodiscard]] inline bool has_base(const RecordBox& box) {
  return std::any_of(box.base.classes.begin(), box.base.classes.end(),
                     [](const auto& one) { return !one.second.empty(); });
}

}  // namespace lianxin::client::store
