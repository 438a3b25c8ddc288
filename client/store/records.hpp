#pragma once
// The records of one laptop: what is shown, who said it, and saving (design.md 4, 7; sync.md 2, 3, 10). One
// thread.
//
// Shown state = merge(base, overlay) (sync.md 3.10). Base: class states as the server's feeds brought them.
// Overlay: changes not yet come back in a feed. Shown values stand in one table per kind, made from the
// catalogue.
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/likeness.hpp"
#include "sync/change/change.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::client::store {

using Seen = std::vector<sync::change::SeenRef>;

/// Heads that stood on the screen when a form was opened (sync.md 2.3), per record, field and element. A form
/// keeps it as an opaque text (`shown_token` of the views) and hands it back when saving.
class ShownHeads {
 public:
  void add(const Id& record, std::uint16_t field, std::string_view element, Seen heads);
  /// The record was shown as a whole: a register that was not added had no heads.
  void add_whole(const Id& record) { add(record, 0, "", {}); }
  /// nullptr = that register was not shown.
  [[nodiscard]] const Seen* find(const Id& record, std::uint16_t field, std::string_view element) const;
  [[nodiscard]] std::string token() const;
  /// Error "token.malformed".
  [[nodiscard]] static Result<ShownHeads> parse(std::string_view token);
  [[nodiscard]] bool empty() const { return heads_.empty(); }
  /// How often changes of this laptop had got other names when these were shown (renamings.hpp); nullopt =
  /// they go by the names of now.
  [[nodiscard]] const std::optional<std::uint64_t>& renamings() const { return renamings_; }
  void set_renamings(std::uint64_t count) { renamings_ = count; }
  void rename(const std::function<void(sync::change::SeenRef&)>& give_name);

 private:
  struct Key {
    Id record;
    std::uint16_t field = 0;
    std::string element;
    auto operator<=>(const Key&) const = default;
  };
  std::map<Key, Seen> heads_;
  std::optional<std::uint64_t> renamings_;
};

/// One thing typed into one field. Values as typed; saving makes them canonical.
struct FieldEdit {
  enum class Op : std::uint8_t { kSet, kAdd, kRemove };  ///< kSet "" = clear; kAdd, kRemove: elements of sets
  std::string field;
  Op op = Op::kSet;
  std::string value;
};

/// One record of an action.
struct Edit {
  std::string kind;
  Id record;  ///< nil = a new record; a new id of the caller's making is taken when `create`
  bool create = false;
  std::vector<FieldEdit> fields;
  sync::change::Cause cause;
  std::string note;
  std::optional<Date> as_of;  ///< also states that the fields were confirmed on that day
  Bytes picture;              ///< of a new attachment, whose `sha256` names it: kept in the same commit
};

/// A validation problem is an outcome, not an error: nothing was saved, everything typed is still the
/// caller's.
struct Saved {
  bool ok = false;
  std::vector<domain::Problem> problems;  ///< !ok: the blocking ones first; ok: warnings
  std::size_t problem_edit = 0;           ///< !ok: index of the edit the problems belong to
  std::vector<Id> records;                ///< one per edit
  std::vector<ChangeId> changes;  ///< in order; the first one names the action; empty = nothing was different
  std::string undo_token;         ///< "" = nothing to take back
};

/// What is shown of one field.
struct FieldShown {
  std::string value;                  ///< scalars; "" = none
  std::vector<std::string> elements;  ///< sets, sorted
  bool dispute = false;
  bool waiting = false;
  bool purged = false;       ///< erased by law: there was a value, nobody has it any more
  std::string confirmed_on;  ///< date, "" = never
  /// Of the shown head: how and when it is known (freshness on the screen).
  sync::change::Cause cause;
  WallMs effective_ms = 0;
  Id author;
};

struct RecordShown {
  Id id;
  std::string kind;
  Id scope;                ///< nil = the shelf
  std::string scope_code;  ///< "" = the shelf
  Id parent;
  std::map<std::string, FieldShown> fields;         ///< only those with a value, or in dispute
  std::map<std::string, std::vector<Id>> children;  ///< by kind, by id (oldest first)
  /// Records that are one with this one (sync.md 3.8), itself among them, the one that stands for all first;
  /// empty = it stands for itself. Fields and children are this record's own.
  std::vector<Id> cluster;
  bool voided = false;
  bool deleted = false;
  bool in_dispute = false;
  bool unsent = false;  ///< something of it is not at the county yet
  bool quarantined = false;
  bool read_only = false;  ///< leaving this laptop (sync.md 6.2)
  bool of_other = false;   ///< a fact that somebody else wrote: its author's to amend (domain.md 2.3)
  [[nodiscard]] std::string value(std::string_view field) const;
};

struct HistoryWrite {
  std::string field;
  std::string element;
  std::optional<std::string> value;  ///< nullopt = cleared, or purged
  std::vector<ChangeId> seen;
  bool purged = false;
};
struct HistoryEntry {
  ChangeId change;
  std::uint64_t action = 0;
  Id author;
  WallMs wall_ms = 0;
  WallMs effective_ms = 0;
  bool suspect = false;
  sync::change::Cause cause;
  std::string note;
  std::vector<HistoryWrite> writes;
  bool unsent = false;
  std::string quarantine;  ///< reason code, "" = applied
};

struct ListQuery {
  std::string kind;
  std::vector<std::pair<std::string, std::string>> where;  ///< shown value equals; for sets: holds
  std::string search;                                      ///< characters, pinyin, initials, phone or ID tail
  std::size_t limit = 0;                                   ///< 0 = all
  bool with_void = false;                                  ///< also voided and deleted ones
  std::optional<Id> parent;
  bool with_aliased = false;        ///< also those another record stands for (sync.md 3.8)
  bool newest_first = false;        ///< by when it was made, else the oldest first
  std::vector<std::string> fields;  ///< whose values are read; empty = all
};
/// A row as lists need it: shown values by field name, sets joined by ','.
struct ListRow {
  Id id;
  Id scope;
  std::string scope_code;
  Id parent;
  std::map<std::string, std::string> values;
  bool in_dispute = false;
  bool voided = false;
};

struct RivalValue {
  ChangeId change;
  std::string field;  ///< kGroup, kDelete: whose write it is
  std::optional<std::string> value;
  Id author;
  ReplicaId replica;
  std::uint64_t hlc = 0;
  WallMs effective_ms = 0;
  bool suspect = false;
  sync::change::Cause cause;
  std::string note;
  bool mine = false;
};
struct ConflictItem {
  std::string id;  ///< stable while the rivals are the same record, field and element
  Id record;
  std::string kind;
  std::string field;
  std::string element;
  sync::merge::ConflictKind what = sync::merge::ConflictKind::kValues;
  std::optional<std::string> shown;
  std::optional<std::string> before;  ///< the value both had seen, if the log still has it
  std::vector<RivalValue> heads;
  bool postponed = false;
  /// The reports use this one of `heads`; cleared is shown too.
  [[nodiscard]] bool is_shown(const RivalValue& rival) const {
    return (rival.field.empty() || rival.field == field) && rival.value == shown;
  }
};

struct ResolveHow {
  enum class Kind : std::uint8_t { kTake, kValue, kBoth, kLookedAt };
  Kind kind = Kind::kTake;
  ChangeId take;
  std::string value;
  std::string note;
  const ShownHeads* shown = nullptr;  ///< null = what stands in the store now was shown
};

/// A value of one's own that lost, not yet looked at.
struct Told {
  std::string id;
  Id record;
  std::string kind;
  std::string field;
  std::string element;
  std::optional<std::string> mine;
  std::optional<std::string> now;
  ChangeId by;
  Id by_author;
  WallMs at_ms = 0;
  std::string note;  ///< of the deciding change
};

/// A scope this laptop may hold.
struct HeldScope {
  Id scope;
  std::string code;  ///< "" = the shelf
  std::string name;
  std::vector<std::uint8_t> classes;
};

struct StoreStatus {
  ReplicaId replica;
  Id worker;
  std::string worker_name;
  std::string server_name;
  std::vector<HeldScope> scopes;   ///< without the shelf
  std::uint64_t unsent = 0;        ///< changes of the work
  std::uint64_t unsent_audit = 0;  ///< and of the audit, which looking at things makes by itself
  std::uint64_t unsent_bytes = 0;
  std::map<std::string, std::uint64_t> unsent_kinds;  ///< actions by kind of their first change
  std::uint64_t waiting = 0;                          ///< records with ghosts or without their parent
  std::uint64_t conflicts = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t from_peers = 0;  ///< changes another laptop brought: also here, not yet at the county
  std::uint64_t leaving = 0;     ///< records that wait here until their work is receipted (sync.md 6.2)
  std::uint64_t sealed = 0;      ///< changes whose values lie here sealed to the county (6.3)
  std::uint64_t drafts = 0;
  std::uint64_t unsent_pictures = 0;  ///< whole pictures the server is not known to keep
  std::uint64_t unsent_picture_bytes = 0;
  WallMs last_sync_ms = 0;  ///< 0 = never
  bool last_sync_complete = false;
  std::int64_t clock_offset_ms = 0;
  int copies = 2;
  /// Put back from a backup, and the server was not asked since what was purged.
  bool purges_unasked = false;
  /// Journals set aside that may hold what was purged, and that nothing proves to be this store's.
  std::vector<std::string> journals_aside;
  /// Nothing is only here: all sent and receipted, both sides equal, nothing kept aside half-way (sync.md 9).
  [[nodiscard]] bool may_be_handed_on() const {
    return last_sync_complete && unsent == 0 && unsent_audit == 0 && unsent_pictures == 0 && leaving == 0 &&
           drafts == 0;
  }
};

/// A change the server keeps aside, or has closed (sync.md 3.3).
struct KeptAside {
  ChangeId change;
  Id record;
  std::string kind;
  std::vector<std::string> fields;
  std::vector<std::string> values;  ///< of each field: as written, of a set the element; "" = cleared, gone
                                    ///< or somebody else's
  bool is_closed = false;
  bool is_own = false;
  std::string reason;  ///< waiting: text key "quarantine.<reason>", "" = not told; closed: the office's words
  std::string owner;   ///< code of the office that decides, "" = the county
  WallMs wall_ms = 0;  ///< when it was written
};
/// What the office decided about an own change it had kept aside.
struct Decided {
  ChangeId change;
  Id record;
  bool accepted = false;
  std::string reason;  ///< of a closing
  WallMs at_ms = 0;    ///< when it was told here
};

/// Whom a search finds (Records::find_members).
struct FoundMembers {
  std::size_t matching = 0;
  std::vector<Id> members;  ///< some of them, in order
};

/// Two records that may be one (sync.md 3.8); nobody has said yet.
struct TwinPair {
  std::string kind;  ///< "member", "delivery" or "visit"
  Id one;            ///< the smaller id: it stands for both if they are one
  Id other;
  domain::Likeness likeness = domain::Likeness::kNone;
  struct Reason {
    std::string key;  ///< end of a text key "duplicate.reason.<key>"
    std::vector<ErrorArg> args;
  };
  std::vector<Reason> reasons;
};
struct Twins {
  std::vector<TwinPair> pairs;  ///< the likeliest first
  bool more = false;            ///< there may be more than were looked at or asked for
  bool unread = false;          ///< some records were not looked at yet (`read_twins`)
  bool uncompared = false;      ///< some pairs were not compared yet (`compare_twins`)
};
/// What a person said of two records.
struct TwinSaid {
  std::string kind;
  Id one;
  Id other;
  bool same = false;
  bool in_dispute = false;
  Id author;
  WallMs effective_ms = 0;
};
enum class TwinWord : std::uint8_t { kSame, kDifferent, kUnsaid };

class RecordsImpl;

class Records {
 public:
  explicit Records(RecordsImpl& impl) : impl_(impl) {}

  // --- saving. Each call is one action: one commit, then journal and head mark, then it returns. Errors:
  // "store.full", "store.io", "record.unknown" {id}, "record.read_only", "token.malformed".
  [[nodiscard]] Result<Saved> save(const std::vector<Edit>& edits, const ShownHeads* shown = nullptr);
  /// Many actions in one commit, all or none, for whoever writes thousands: a commit writes every page it
  /// touches, and neighbours touch the same. Warns of nothing. Returns how many there are, or the place of
  /// the first that is refused, and then nothing is kept.
  [[nodiscard]] Result<std::size_t> save_all(const std::vector<std::vector<Edit>>& actions);
  /// K2: out of the counts, still readable; carries all heads of the record that were shown (sync.md 2.4).
  [[nodiscard]] Result<Saved> void_record(const Id& record, std::string_view reason,
                                          const ShownHeads* shown = nullptr);
  /// What stands in the way of voiding it here: whose act that is; nullopt = nothing does.
  [[nodiscard]] Result<std::optional<domain::Problem>> bar_to_void(const Id& record);
  /// What is to be said of a record of the kind in that unit (nil = the shelf) before it is saved: the place
  /// is none of this laptop's, and an office looks at it before it counts. nullopt = nothing.
  [[nodiscard]] Result<std::optional<domain::Problem>> told_of_place(std::string_view kind, const Id& place);
  /// "Unchanged" (sync.md 3.8): names the heads it confirms.
  [[nodiscard]] Result<Saved> confirm(const Id& record, const std::vector<std::string>& fields,
                                      const sync::change::Cause& cause, const Date& on,
                                      const ShownHeads* shown = nullptr);
  /// Errors "conflict.unknown" {id}, "conflict.value" (that change is none of the rivals), "conflict.both"
  /// (no set).
  [[nodiscard]] Result<Saved> resolve(std::string_view conflict, const ResolveHow& how);
  /// To the end of the desk; changes nothing of the record.
  [[nodiscard]] Status postpone(std::string_view conflict);
  /// Says that two records are one, or not, or takes back what was said: one register on the one with the
  /// greater id. Both stay as they are. Errors "duplicate.self", "duplicate.kinds" (both members, or both
  /// deliveries), "duplicate.many" {max}, "duplicate.unsaid" (nothing to take back), "duplicate.through"
  /// {ids} (they are one only through others, which are named).
  [[nodiscard]] Result<Saved> say_twins(const Id& one, const Id& other, TwinWord word,
                                        const ShownHeads* shown = nullptr);
  /// Takes an action back by ordinary changes; "undo.too_late" when somebody has changed the same since,
  /// "undo.copied" when it was done before this laptop was found to be a copy.
  [[nodiscard]] Result<Saved> undo(std::string_view undo_token);
  /// Takes back everything of one import batch that nobody has changed since; the rest is listed.
  struct BatchUndone {
    std::uint64_t undone = 0;
    std::vector<Id> kept;
  };
  [[nodiscard]] Result<BatchUndone> undo_batch(const Id& batch);

  // --- reading
  /// With the county's own fields, as far as this laptop has them. Kinds and fields of it stay as long as the
  /// store is open; after a sync there may be more of them in another one.
  [[nodiscard]] const domain::Catalogue& catalogue() const;
  /// An organisation unit may be named by its division code. Error "record.unknown" {id}.
  [[nodiscard]] Result<Id> find_id(std::string_view id_or_code);
  /// nullopt = not on this laptop.
  [[nodiscard]] Result<std::optional<RecordShown>> get(const Id& record);
  [[nodiscard]] Result<std::vector<HistoryEntry>> history(const Id& record);
  /// Error "list.field" {kind, field}, "list.kind" {kind}.
  [[nodiscard]] Result<std::vector<ListRow>> list(const ListQuery& query);
  /// Makes the search texts of at most `records` that came or changed, so that the next search need not; true
  /// = there are more.
  [[nodiscard]] Result<bool> read_texts(std::size_t records);
  /// Reads at most so many search texts into memory, so that the next search need not; true = there are more.
  [[nodiscard]] Result<bool> load_texts(std::size_t records);
  /// Members that what was typed finds, and at most `limit` of them from the place `from` on: whose name it
  /// is, whose begins with it, then the others, each by name. Of several records of a person the one that
  /// stands for all; none that is voided. Nothing typed finds nobody.
  [[nodiscard]] Result<FoundMembers> find_members(std::string_view typed, std::size_t from,
                                                  std::size_t limit);
  /// Adds the heads of these records' registers as they are shown now.
  [[nodiscard]] Status show(const Id& record, ShownHeads& shown);
  /// What was put off stands last; at most `limit` of them are read.
  [[nodiscard]] Result<std::vector<ConflictItem>> conflicts(
      std::size_t limit = std::numeric_limits<std::size_t>::max());
  /// The one that is listed under this id; nullopt = settled, or never was.
  [[nodiscard]] Result<std::optional<ConflictItem>> conflict(std::string_view id);
  /// Reads at most `records` of those that came or changed, so that `twins` knows them; true = there are
  /// more.
  [[nodiscard]] Result<bool> read_twins(std::size_t records);
  /// How many `read_twins` has before it; a record that changed twice counts as two.
  [[nodiscard]] Result<std::size_t> unread_twins();
  /// Pairs that may be one, of what was read, at most `limit`; of everything this laptop holds, so a
  /// township's finds across its villages. A key of more than 10 records proposes nothing.
  /// At most `compared` pairs are compared that were not before, and five times as many keys read.
  [[nodiscard]] Result<Twins> twins(std::size_t limit,
                                    std::size_t compared = std::numeric_limits<std::size_t>::max());
  /// Compares at most so many pairs that were not before, so that `twins` need not; true = there are more.
  [[nodiscard]] Result<bool> compare_twins(std::size_t pairs);
  /// What was said of pairs, newest first.
  [[nodiscard]] Result<std::vector<TwinSaid>> said_of_twins();
  /// The records that are one with this one, itself among them, the one that stands for all first.
  [[nodiscard]] Result<std::vector<Id>> cluster(const Id& record);
  [[nodiscard]] Result<std::vector<Told>> told();
  [[nodiscard]] Status dismiss_told(std::string_view told);
  [[nodiscard]] Result<StoreStatus> status();
  /// Records by kind, deleted ones left out.
  [[nodiscard]] Result<std::map<std::string, std::uint64_t>> counts();
  /// In the order in which they came.
  [[nodiscard]] Result<std::vector<KeptAside>> kept_aside();
  /// Not yet looked at.
  [[nodiscard]] Result<std::vector<Decided>> decided();
  /// Error "told.unknown" {id}.
  [[nodiscard]] Status dismiss_decided(const ChangeId& change);
  [[nodiscard]] Result<std::vector<HeldScope>> scopes();
  /// Canonical JSON lines (cli.md `dump`), sorted by kind and id; the same bytes as the server's for equal
  /// positions.
  [[nodiscard]] Status dump(std::string_view scope_code, bool with_shelf,
                            const std::function<void(std::string_view)>& line);

 private:
  RecordsImpl& impl_;
};

}  // namespace lianxin::client::store
