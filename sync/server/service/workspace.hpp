#pragma once
// The records one transaction touches: loaded once, merged in memory, written once; feed entries are
// collected and appended last, by sorted key (sync.md 4.6). This is where membership is decided
// (4.4, 6.1, 3.9).
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/merge/merge.hpp"
#include "sync/server/service/pairings.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// More than so many records are never one person: what would join them waits for a person.
inline constexpr std::size_t kClusterMax = 64;
/// Past so many, records are written before the next merge and read again when they are needed: a batch of
/// ten thousand small edits would hold as many whole records.
inline constexpr std::size_t kRecordsInHandMax = 1000;

/// Octets of one class of one record as a state: above that no message tells it, and nobody's receipt could
/// be green (sync.md 9). Hundreds of times what a person's form holds.
inline constexpr std::size_t kStateBytesMax = 4 * 1024 * 1024;

/// What merging one change came to.
struct Merged {
  bool conflict = false;
  bool waiting = false;  ///< ghosts, or the parent is not here yet
};

class Workspace {
 public:
  Workspace(store::Writer& writer, const domain::Catalogue& catalogue)
      : writer_(writer), catalogue_(catalogue) {}

  /// Merges a change that is in the log already. `body` carries the names everyone uses (`row.id`), also
  /// after a fork.
  [[nodiscard]] Result<Merged> merge(const store::LogRow& row, const change::ChangeBody& body,
                                     const change::ChangeValues& values);
  /// The class of the record stays below `kStateBytesMax` with so many octets more (body and values) of a
  /// change.
  [[nodiscard]] Result<bool> has_room(const Id& record, std::uint8_t privacy, std::size_t bytes);
  /// The whole state of a record as it stands in this transaction; nullptr = unknown. Valid until the next
  /// merge.
  [[nodiscard]] Result<const merge::RecordState*> state_of(const Id& record);
  [[nodiscard]] Result<bool> knows(const Id& record);
  /// The unit that stands for this one now: where it was merged into one other, that one.
  [[nodiscard]] Result<Id> present_unit(const Id& unit);
  /// Present membership; empty = unknown.
  [[nodiscard]] Result<std::vector<Id>> scopes_of(const Id& record);
  /// Records that people say are one with this one (3.8), itself among them; at most `kClusterMax`. Any rival
  /// that says so counts until a person has decided, as with a disputed scope (3.9).
  [[nodiscard]] Result<std::set<Id>> cluster_of(const Id& record);
  /// Replaces all states of a known record by `states` (by audience) and tells them to every scope it stands
  /// in. `cause` = a change of the log.
  [[nodiscard]] Status remake(const Id& record, std::map<Id, merge::RecordState> states,
                              const ChangeId& cause);
  /// Looks again where a record belongs, after the unit it stands in has gone up in another; tells the feeds
  /// and takes what hangs on it along. `cause` = the change in the log that the entries come from.
  [[nodiscard]] Status place_again(const Id& record, const ChangeId& cause);
  /// Brings the row beside a record that says who is paired with whom up to date and tells the feeds what
  /// follows (pairings.hpp). Without `today` nothing opens: the worker's next exchange turns it.
  [[nodiscard]] Status note_pairing(const Id& record, const ChangeId& cause = {},
                                    const std::optional<Date>& today = std::nullopt);
  /// Opens or closes a pairing as its dates say.
  [[nodiscard]] Status turn_pairing(const store::PairingRow& pairing, const Date& today);
  /// Takes own views away that `keeps_own_view` does not grant.
  [[nodiscard]] Status hide_torn_views(const Id& record);
  /// Writes everything; call once, then throw the workspace away.
  [[nodiscard]] Status flush();
  /// Records written so far that stand in other scopes than before; all of them after `flush`.
  [[nodiscard]] std::vector<Id> moved() const { return {moved_.begin(), moved_.end()}; }

 private:
  using ClassKey = std::pair<std::uint8_t, Id>;  ///< class, audience
  struct Box {
    store::RecordRow row;
    bool is_known = false;
    bool row_changed = false;
    std::map<Id, merge::RecordState> states;  ///< by audience; nil = everything
    std::vector<Id> scopes_before;
    std::map<ClassKey, Digest128> leaves_before;  ///< of the classes touched
    std::map<std::uint8_t, std::size_t> bytes;    ///< of the whole state by class, at most
  };

  [[nodiscard]] Result<Box*> open(const Id& record);
  [[nodiscard]] static Digest128 leaf_of(const Box& box, const ClassKey& key);
  static void touch(Box& box, const ClassKey& key);
  [[nodiscard]] Result<merge::Applied> apply_to(Box& box, const Id& audience, const store::LogRow& row,
                                                const change::ChangeBody& body,
                                                const change::ChangeValues& values);
  /// Where its fields say it belongs, without the shelf; `waiting` = they name something that is not here.
  struct Placed {
    std::vector<Id> scopes;
    bool waiting = false;
  };
  [[nodiscard]] std::uint16_t unit_kind() const;
  void set_parent(Box& box, const Id& parent);
  [[nodiscard]] Result<std::vector<Id>> wanted_scopes(Box& box, const std::vector<Id>& otherwise, int depth);
  [[nodiscard]] Result<std::vector<Id>> joined_scopes(Box& box, const std::vector<Id>& otherwise);
  [[nodiscard]] Result<std::set<Id>> named_by(const Id& record);
  [[nodiscard]] Status note_names(const Box& box, const std::set<Id>& others);
  [[nodiscard]] Status place_all(const std::set<Id>& records, const Id& but, const ChangeId& cause);
  [[nodiscard]] Result<Placed> placed_by_parent(Box& box, const domain::Kind* kind, int depth);
  [[nodiscard]] Result<Placed> placed_by_field(Box& box, const domain::Field& field);
  void move_box(Box& box, const std::vector<Id>& wanted, const ChangeId& cause);
  [[nodiscard]] Status move_children(const Id& record, const ChangeId& cause, int depth);
  /// How a change stands in the view of one who does not hold all of its class.
  struct View {
    Id audience;
    std::vector<ChangeId> ghosts;
    bool is_hidden = false;  ///< the author's own change comes back, and the record leaves
  };
  [[nodiscard]] static store::FeedRow entry_about(const Box& box, store::FeedKind kind,
                                                  const ChangeId& change);
  void tell_change(const Box& box, const store::LogRow& row, const std::vector<Id>& told,
                   const std::vector<ChangeId>& ghosts, const std::vector<View>& views);
  [[nodiscard]] static merge::ClassState& view_of(Box& box, const Id& audience);
  [[nodiscard]] Result<std::vector<View>> apply_to_views(Box& box, const store::LogRow& row,
                                                         const change::ChangeBody& body,
                                                         const change::ChangeValues& values,
                                                         const std::vector<ChangeId>& ghosts);
  [[nodiscard]] Result<bool> keeps_own(const Id& record, std::uint8_t privacy, const Id& author);
  [[nodiscard]] Result<std::set<Id>> workers_paired(const Box& box);
  [[nodiscard]] Status share(const Id& record, const ChangeId& cause);
  [[nodiscard]] Status share_tree(const Id& record, const ChangeId& cause, int depth);
  [[nodiscard]] Status tell_history(const Box& box, const Id& worker);
  void tell_view(const Box& box, const Id& worker, const ChangeId& cause);
  [[nodiscard]] Result<std::set<Id>> children_of(const Id& record);
  void tell_enter(const Box& box, const std::map<Id, merge::RecordState>& states, const Id& scope,
                  const ChangeId& cause);
  void tell_evict(Box& box, const Id& scope, const ChangeId& cause);
  [[nodiscard]] Status keep_unit(const Box& box);
  [[nodiscard]] Status write_box(Box& box);
  [[nodiscard]] Status write_boxes();

  struct FeedPart {
    std::vector<store::FeedRow> rows;
    Digest128 plus;
    Digest128 minus;
    std::int64_t records = 0;
  };
  store::Writer& writer_;
  const domain::Catalogue& catalogue_;
  std::map<Id, Box> boxes_;
  std::set<Id> moved_;
  std::map<Id, std::set<Id>> moved_children_;  ///< parent -> records that got it in this transaction
  std::map<store::FeedKey, FeedPart> feeds_;
};

/// Ids in the shown and rival values of a reference field (all heads: a disputed scope delivers to
/// both, 3.9), sorted.
[[nodiscard]] std::vector<Id> references_in(const merge::RecordState& state, const domain::Field& field);
/// Records a change says are the same as its own, or not, or no longer.
[[nodiscard]] std::set<Id> others_named(const change::ChangeBody& body);
/// Elements present in a set of references.
[[nodiscard]] std::vector<Id> elements_in(const merge::RecordState& state, const domain::Field& field);
/// The parent a record's own fields name: first filled of the kind's parent fields; nil = none.
[[nodiscard]] Id parent_in(const merge::RecordState& state, const domain::Kind& kind, const Id& present);
/// Value of a scalar field as shown; "" = none.
[[nodiscard]] std::string shown_text(const merge::RecordState& state, const domain::Kind& kind,
                                     std::string_view field);

}  // namespace lianxin::sync::server
