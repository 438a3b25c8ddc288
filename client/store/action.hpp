#pragma once
// One action of a person while it is being saved (sync.md 2.8, 10): changes are linked, logged and laid over
// the shown state; one commit, then journal and head mark. Internal to this folder.
//
// Table `before` keeps what an own write replaced, as it was shown: a value that came with a snapshot has no
// change in the log here.
#include <optional>
#include <string>
#include <vector>

#include "client/store/records_impl.hpp"

namespace lianxin::client::store {

/// One write of an action.
struct NewWrite {
  std::uint16_t field = 0;
  std::string element;
  std::uint8_t privacy = 0;
  std::optional<std::string> value;
  Seen seen;
  Seen group_seen;
  bool confirms_new = false;  ///< a confirmation of what this action writes in the same class
};

/// What the writes of one record have in common.
struct WriteCause {
  sync::change::Cause cause;
  std::string note;
  std::uint64_t scope_position = 0;
};

class Action {
 public:
  [[nodiscard]] static Result<Action> begin(RecordsImpl& records);
  /// What is written from here on is an action of its own, in the same commit.
  void begin_another() { action_ = own_.end.counter + 1; }
  /// One change per privacy class, then the record with everything derived. `scope` is where the author sees
  /// the record (`supposed`, or the scope this laptop holds it in). Nothing is done for no writes.
  [[nodiscard]] Status write(RecordBox& box, const Id& supposed, const std::vector<NewWrite>& writes,
                             const WriteCause& why);
  [[nodiscard]] const OwnState& own() const { return own_; }
  [[nodiscard]] bool empty() const { return changes_.empty(); }
  /// Durable, in the journal and under the head mark when it returns. Rolled back when it never runs.
  [[nodiscard]] Result<Saved> commit(Saved saved);

 private:
  Action(RecordsImpl& records, lianxin::store::Transaction transaction)
      : records_(records), transaction_(std::move(transaction)) {}
  [[nodiscard]] Status write_class(RecordBox& box, const Id& scope,
                                   const std::vector<const NewWrite*>& writes, const WriteCause& why);
  [[nodiscard]] Status remember(const RecordBox& box, const sync::change::ChangeBody& body);
  [[nodiscard]] Status mark_learnt(sync::change::WriteHead& head);
  [[nodiscard]] Result<std::optional<std::array<std::uint8_t, 8>>> earlier_hash8(const ChangeId& id);

  RecordsImpl& records_;
  lianxin::store::Transaction transaction_;
  OwnState own_;
  std::uint64_t action_ = 0;  ///< counter of the first change
  std::vector<ChangeId> changes_;
  std::vector<JournalEntry> entries_;
};

/// "Take back": the changes of an action.
struct UndoToken {
  ReplicaId replica;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  [[nodiscard]] std::string text() const;
  /// Error "token.malformed".
  [[nodiscard]] static Result<UndoToken> parse(std::string_view text);
};

/// Position of a scope's general feed when the writes delete or void a record, else 0 (2.4).
[[nodiscard]] Result<std::uint64_t> position_for(RecordsImpl& records, const Id& scope,
                                                 const std::vector<NewWrite>& writes);
/// Heads of a register as they were shown: on the form if it had them, else as they stand.
[[nodiscard]] Seen seen_of(const RecordBox& box, const ShownHeads* shown, std::uint16_t field,
                           std::string_view element);
/// Heads of the other fields of a field's group, the same way.
[[nodiscard]] Seen group_seen_of(const RecordBox& box, const ShownHeads* shown, const domain::Kind& kind,
                                 const domain::Field& field);
/// Who writes to a record that was shown as removed knows that it is: the write is no rival of the removal
/// (3.5). Adds the heads of what removed it.
void add_removals(const RecordBox& box, const ShownHeads* shown, Seen& group_seen);
/// Class in which a record of the kind is deleted or voided (Kind::mark_class); of an unknown kind the
/// general.
[[nodiscard]] std::uint8_t mark_class_of(const domain::Catalogue& catalogue, std::uint16_t kind);
/// The field of a kind or of every record; nullptr = unknown.
[[nodiscard]] const domain::Field* field_of(const domain::Catalogue& catalogue, std::uint16_t kind,
                                            std::uint16_t field);

}  // namespace lianxin::client::store
