#pragma once
// What `Records`, the feeds and `verify` share: one record loaded, changed, and written with everything
// derived from it (rows, search, conflicts). Internal to this folder; one thread; inside the caller's
// transaction.
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "client/store/change_log.hpp"
#include "client/store/clusters.hpp"
#include "client/store/kind_tables.hpp"
#include "client/store/membership.hpp"
#include "client/store/meta.hpp"
#include "client/store/record_row.hpp"
#include "client/store/records.hpp"
#include "client/store/save_tail.hpp"
#include "client/store/search_index.hpp"
#include "client/store/twin_index.hpp"
#include "client/store/twin_pairs.hpp"
#include "client/store/upgrade_steps.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Steps of the laptop's schema, for `Database::migrate`.
[[nodiscard]] std::vector<lianxin::store::Migration> laptop_migrations();

/// Stable while the rivals are the same record, field and element.
[[nodiscard]] std::string conflict_id(const Id& record, const sync::merge::Conflict& conflict);

class RecordsImpl {
 public:
  /// Brings the schema up to date (migrations, tables of the catalogue's kinds; rows are made anew when the
  /// catalogue is not the one they were made by). `tail` may be set later,
  /// before the first save. Error "store.newer" and those of the database.
  [[nodiscard]] static Result<std::unique_ptr<RecordsImpl>> open(
      lianxin::store::Database& database, const Clock& clock,
      const domain::Catalogue& catalogue = domain::Catalogue::base(), UpgradeSteps* upgrade = nullptr);
  /// How many steps `open` will begin with a database that an earlier program left.
  [[nodiscard]] static Status expect_steps(lianxin::store::Database& database,
                                           const domain::Catalogue& catalogue, UpgradeSteps& upgrade);
  void set_tail(SaveTail* tail) { tail_ = tail; }
  /// X25519 key of the server: what leaves this laptop is sealed to it (sync.md 6.3).
  void set_seal_key(Bytes key) { seal_key_ = std::move(key); }

  // --- what LaptopStore and StoreReplica keep through here
  /// Who this laptop is, at enrolment or as a new replica.
  [[nodiscard]] Result<OwnState> own() { return read_own(database_); }
  [[nodiscard]] Status set_own(const OwnState& own) { return write_own(database_, own); }
  /// What the answer says this laptop may hold, shelf included (code "").
  [[nodiscard]] Status set_held(const std::vector<HeldScope>& held);
  [[nodiscard]] Result<std::vector<HeldScope>> held();
  /// Takes back an own change that only the journal or the server still had; its counter must be the next one
  /// of the chain (`change::follow` has checked it). Moves chain end and hybrid clock.
  [[nodiscard]] Status adopt_own(const sync::change::Change& change);
  /// The server's word on an own change (acknowledgement). Quarantined in a scope that is not held: no feed
  /// will bring it, so it leaves the overlay here.
  [[nodiscard]] Status set_outcome(const ChangeId& id, bool quarantined, std::string_view reason,
                                   std::string_view owner);
  /// The server keeps everything of our replica up to `counter`. Changes of scopes no longer held leave the
  /// overlay; records left without a held scope are erased when nothing of them is unsent.
  [[nodiscard]] Status acknowledge(std::uint64_t counter);
  /// Erases a record, unless something of it or of what hangs on it is unsent or a draft is about it: then it
  /// is marked as leaving, and goes with a later acknowledgement (sync.md 6.2). True = erased.
  [[nodiscard]] Result<bool> erase(const Id& record);
  /// Tries again with everything that is leaving; how many went.
  [[nodiscard]] Result<std::uint64_t> erase_leaving();
  /// Own fields of the county that are on the shelf now and were not, or are others now: the catalogue has
  /// them from here on, rows have their columns, and what was brought before them is shown.
  [[nodiscard]] Status follow_own_fields();
  /// Makes every shown state, row, conflict and digest anew from base and log, in one transaction.
  [[nodiscard]] Status rebuild();
  /// Digests and counts per (scope, class), made from the base states.
  struct Digests {
    std::map<std::pair<Id, std::uint8_t>, std::pair<std::uint64_t, Digest128>> by_place;
  };
  [[nodiscard]] Result<Digests> count_digests();
  /// Compares everything derived with what it is derived from; calls `problem` for every difference and
  /// `checked` for each thing counted.
  using OnProblem =
      std::function<void(std::string_view invariant, std::string_view record, std::string_view what)>;
  using OnChecked = std::function<void(std::string_view what, std::uint64_t count)>;
  [[nodiscard]] Status verify(const OnProblem& problem, const OnChecked& checked);

  // --- one record
  /// Base and shown state as stored. is_known = false for a record that is not here.
  [[nodiscard]] Result<RecordBox> load(const Id& record);
  /// shown = merge(base, overlay), from the log (3.10).
  [[nodiscard]] Status lay_overlay(RecordBox& box);
  /// Lays the overlay anew and stores; a record of which nothing is left goes after the next complete read.
  [[nodiscard]] Status show_again(RecordBox& box);
  /// Writes states, row, elements, search text, conflicts, flags; parent, scope and flags of `box` are made
  /// from its shown state first. `only` = the classes that may have changed. `before` = where that is one, of
  /// it the registers that may have changed, as they were shown; one that was not there has no heads
  /// (nullptr = any may have).
  [[nodiscard]] Status store(RecordBox& box, ClassMask only = kAnyClass,
                             const sync::merge::ClassState* before = nullptr);
  /// Where a record with this shown state lives; nil with `shelf` = on the shelf, nil otherwise = nowhere
  /// yet.
  struct Place {
    Id scope;
    bool shelf = false;
  };
  [[nodiscard]] Result<Place> place_of(const sync::merge::RecordState& shown);
  /// The scope in which this laptop sees the record, for the head of a change (sync.md 2.1): `supposed`,
  /// unless that is not held and the record, or what it hangs on, stands in one that is (moved or disputed
  /// here).
  [[nodiscard]] Result<Id> scope_seen(const RecordBox& box, const Id& supposed);
  /// Code of a scope's organisation unit; "" = the shelf or unknown.
  [[nodiscard]] Result<std::string> code_of(const Id& scope);
  /// The organisation unit with this code now; nullopt = none here.
  [[nodiscard]] Result<std::optional<Id>> unit_of(std::string_view code);
  /// Removes the record with everything derived and every value; of its own changes the heads stay (6.3).
  [[nodiscard]] Status remove(const Id& record);
  /// How many records have been removed through this object.
  [[nodiscard]] std::uint64_t removed() const { return removed_; }
  /// What waits for a person: rivals of the record itself, and of a removed one (`flags`) what hangs on it.
  [[nodiscard]] Result<std::vector<sync::merge::Conflict>> conflicts_of(const sync::merge::RecordState& shown,
                                                                        std::uint32_t flags);
  /// Every head of what hangs on the record, as it is shown.
  [[nodiscard]] Result<Seen> heads_below(const Id& record);
  /// Not here and not dead: what an overlay write may wait for.
  [[nodiscard]] Result<bool> is_missing(const ChangeId& id);

  [[nodiscard]] lianxin::store::Database& database() { return database_; }
  /// With the county's own fields; what was given out stays as long as this object.
  [[nodiscard]] const domain::Catalogue& catalogue() const { return *catalogue_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  [[nodiscard]] SaveTail& tail() const;
  [[nodiscard]] ChangeLog& log() { return log_; }
  [[nodiscard]] Membership& membership() { return membership_; }
  [[nodiscard]] KindTables& tables() { return tables_; }
  [[nodiscard]] SearchIndex& search() { return search_; }
  [[nodiscard]] Clusters& clusters() { return clusters_; }
  [[nodiscard]] TwinIndex& twins() { return twins_; }
  [[nodiscard]] TwinPairs& twin_pairs() { return twin_pairs_; }
  [[nodiscard]] Meta& meta() { return meta_; }

 private:
  RecordsImpl(lianxin::store::Database& database, const Clock& clock, const domain::Catalogue& catalogue);
  [[nodiscard]] Status follow_catalogue();
  [[nodiscard]] Status make_own_columns(const domain::Catalogue& before);
  [[nodiscard]] Status store_kind(std::uint16_t kind);
  void use(const domain::Catalogue& catalogue);
  [[nodiscard]] Status make_anew_once();
  [[nodiscard]] Status store_again(std::string_view ids_sql);
  [[nodiscard]] Status write_states(RecordBox& box, ClassMask only);
  [[nodiscard]] Result<std::int64_t> told_by_one(const RecordBox& box, std::uint8_t privacy);
  [[nodiscard]] Status write_conflicts(const RecordBox& box, bool was_in_dispute);
  [[nodiscard]] Result<std::uint32_t> flags_of(const RecordBox& box);
  [[nodiscard]] Result<std::vector<Id>> all_records();
  [[nodiscard]] Status verify_record(const Id& record, const std::unordered_set<Id>& untexted,
                                     const OnProblem& problem);
  [[nodiscard]] Status verify_search(const RecordBox& box, const std::unordered_set<Id>& untexted,
                                     const OnProblem& problem);
  [[nodiscard]] Status forget_texts(const sync::merge::RecordState& shown);
  [[nodiscard]] Status write_record_row(RecordBox& box);
  static constexpr int kDepthMax = 16;                   ///< how deep records hang on records
  static constexpr std::size_t kRecordsInStep = 10'000;  ///< of an upgrade
  [[nodiscard]] Result<std::vector<Id>> children_of(const Id& record);
  [[nodiscard]] Status move_children(const Id& record, int depth);
  [[nodiscard]] Status look_again(const Id& record);
  [[nodiscard]] Result<bool> is_needed(const Id& record, int depth);
  [[nodiscard]] Status take_along(const Id& record, bool leaves, int depth);
  [[nodiscard]] Status stay_with_parents();

  lianxin::store::Database& database_;
  const Clock& clock_;
  const domain::Catalogue& base_;
  const domain::Catalogue* catalogue_;
  std::list<domain::Catalogue> extended_;  ///< all that were in force, so that no field of one ever dangles
  Hash256 own_words_;                      ///< of what the last of them was made
  SaveTail* tail_ = nullptr;
  UpgradeSteps* upgrade_ = nullptr;  ///< while it opens
  Bytes seal_key_;
  std::uint64_t removed_ = 0;
  Meta meta_;
  ChangeLog log_;
  Membership membership_;
  KindTables tables_;
  SearchIndex search_;
  Clusters clusters_;
  TwinIndex twins_;
  TwinPairs twin_pairs_;
};

}  // namespace lianxin::client::store
