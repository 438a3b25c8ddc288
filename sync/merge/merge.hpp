#pragma once
// Applying changes to a record's state, and reading the result (sync.md 3).
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::sync::merge {

/// True iff the change with this id has not arrived yet (server: not in the log; laptop base: in the entry's
/// ghost list; laptop overlay: beyond the feed's version vector). An id that is neither missing nor a head is
/// already dead.
using IsMissing = std::function<bool(const ChangeId&)>;

struct Applied {
  bool changed = false;              ///< false = every write was already here (idempotence is per write, 3.1)
  bool concurrent = false;           ///< a register now has several heads with different values
  std::vector<ChangeId> new_ghosts;  ///< ghosts this change made; they travel in feed entries, sorted
};

/// Applies a kept change (3.1-3.3). The state of its class is created if needed. A write that is a head is
/// not applied again; a replaced one leaves no trace here, so the caller must not hand in a change it has
/// applied before (server: its log; laptop: its cursor and the feed's version vector; overlay: one list by
/// id). The one exception is acceptance: first apply_inert, later apply. `record`, `kind` and `parent` of the
/// state are the caller's.
Applied apply(RecordState& state, const change::ChangeBody& body, const change::ChangeValues& values,
              const HeadMeta& meta, const IsMissing& is_missing);
/// Registers a quarantined or closed change (3.3). Nothing happens when it has been accepted already and is a
/// head.
Applied apply_inert(RecordState& state, const change::ChangeBody& body, const IsMissing& is_missing);

/// What a reader sees of one register.
struct Shown {
  std::optional<std::string> value;
  ChangeId head;            ///< whose value it is; none when the register is empty
  bool in_dispute = false;  ///< several heads, different values, policy kReview, no ghosts
  bool waiting = false;     ///< ghosts (3.2)
  bool purged = false;
};
[[nodiscard]] Shown shown(const Register& reg, domain::Policy policy, const ClassState& owner);
/// Display order of 3.6 with evidence first when `by_evidence`: true iff a is to be shown rather than b.
[[nodiscard]] bool shown_before(const ChangeId& a, const HeadMeta& ma, const ChangeId& b, const HeadMeta& mb,
                                bool by_evidence);

enum class ConflictKind : std::uint8_t {
  kValues,  ///< one register, different values (hard)
  kGroup,   ///< fields of one group changed concurrently (soft, 3.5)
  kDelete,  ///< edited beside deleted or voided (3.5)
};

struct Conflict {
  ConflictKind kind = ConflictKind::kValues;
  RegisterKey key;  ///< kGroup: field = lowest field of the group, element = ""
  std::uint8_t privacy = 0;
  std::uint8_t group = 0;
  std::vector<ChangeId> heads;  ///< all rivals, sorted
};
/// Everything a person should look at, in the order in which to settle it: per class the rival values by key
/// and then the groups, deletions last (settling a value writes one, which a deletion must know); empty when
/// settled. Unknown kinds and fields merge as kReview (4.5).
[[nodiscard]] std::vector<Conflict> conflicts(const RecordState& state, const domain::Catalogue& catalogue);

/// Policy of a field of a kind; kReview for what this catalogue does not know.
[[nodiscard]] domain::Policy policy_of(const domain::Catalogue& catalogue, std::uint16_t kind,
                                       std::uint16_t field);

/// All heads of a register, as `seen` of a write by somebody who was shown them.
[[nodiscard]] std::vector<change::SeenRef> heads_of(const RecordState& state, const RegisterKey& key);
/// Heads of the other fields of `field`'s group (2.4).
[[nodiscard]] std::vector<change::SeenRef> group_heads_of(const RecordState& state, const domain::Kind& kind,
                                                          const domain::Field& field);
/// Heads of the whole record (for deleted, voided).
[[nodiscard]] std::vector<change::SeenRef> all_heads_of(const RecordState& state);

}  // namespace lianxin::sync::merge
