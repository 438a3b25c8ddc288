#pragma once
// State of one record: for every register the set of its heads (sync.md 3). The state is a function of the
// set of changes. Pure: no I/O, no clock. Server and laptop run this code.
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/flat_map.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "shared/base/rare_vector.hpp"
#include "shared/base/short_vector.hpp"
#include "sync/change/change.hpp"

namespace lianxin::sync::merge {

/// What is known about the change a head came with (3.7), for showing and for the order of 3.6.
struct HeadMeta {
  std::uint64_t hlc = 0;
  WallMs effective_ms =
      0;  ///< min(hlc, accepted), set by the first server; before that hlc's time (provisional)
  bool suspect = false;
  Id author;
  change::Cause cause;
  bool operator==(const HeadMeta&) const = default;
};

/// A write that no applied write replaces.
struct Head {
  ChangeId id;
  std::optional<std::string> value;  ///< nullopt = cleared, or purged
  bool purged = false;
  RareVector<ChangeId> group_seen;  ///< sorted
  bool operator==(const Head&) const = default;
};

/// A quarantined or closed write: never a head, but applied writes reach through it (3.3).
struct Inert {
  ChangeId id;
  std::vector<ChangeId> seen;
  bool operator==(const Inert&) const = default;
};

struct RegisterKey {
  std::uint16_t field = 0;
  std::string element;
  auto operator<=>(const RegisterKey&) const = default;
};

struct Register {
  ShortVector<Head> heads;      ///< sorted by id
  RareVector<ChangeId> ghosts;  ///< named but not here yet: dead on arrival (3.2); sorted
  RareVector<Inert> inert;      ///< sorted by id
  bool operator==(const Register&) const = default;
};

/// Registers of one privacy class of one record: what one feed carries and one state row stores.
struct ClassState {
  FlatMap<RegisterKey, Register> registers;
  FlatMap<ChangeId, HeadMeta> metas;  ///< exactly of the changes that have a head here
  [[nodiscard]] bool empty() const { return registers.empty(); }
  bool operator==(const ClassState&) const = default;
};

/// A whole record as far as this replica may hold it.
struct RecordState {
  Id record;
  std::uint16_t kind = 0;
  Id parent;
  std::map<std::uint8_t, ClassState> classes;
  [[nodiscard]] const Register* find(std::uint16_t field, std::string_view element = {}) const;
  [[nodiscard]] const HeadMeta* meta(const ChangeId& id) const;
  bool operator==(const RecordState&) const = default;
};

/// Something was applied to it; else all that is known of it is kept aside, or nothing is.
[[nodiscard]] bool has_heads(const RecordState& state);

/// Canonical bytes of one class: metas once per change; settled registers listed under the change they come
/// from, oldest stamp first, so the creating change (row_dot) leads while anything of it is a head; the
/// exceptions (several heads, ghosts, inert, group_seen) after them (design.md 4). Equal states, equal bytes.
[[nodiscard]] Bytes encode_class_state(const ClassState& state);
/// Errors "state.malformed".
[[nodiscard]] Result<ClassState> decode_class_state(BytesView bytes);

/// Leaf of the digest of (scope, class): H(record, class, sorted (field, element, head id, live or purged))
/// (sync.md 9).
[[nodiscard]] Digest128 digest_leaf(const Id& record, std::uint8_t privacy, const ClassState& state);

}  // namespace lianxin::sync::merge
