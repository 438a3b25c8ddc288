#pragma once
// What really happened in a story, kept beside the program and never by it: every write that somebody was
// told is saved, with the heads its author had before the eyes. From this alone follows what everybody must
// see (sync.md 3, 12); nothing here calls sync/merge.
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sim {

/// Number of a commit in the order of the story.
using Commit = std::size_t;
using Commits = std::set<Commit>;

/// One register of one record.
struct Place {
  Id record;
  std::uint16_t field = 0;
  std::string element;
  auto operator<=>(const Place&) const = default;
};

struct TrueWrite {
  Place place;
  std::optional<std::string> value;
  Commits shown;  ///< heads of this register that its author was shown
  Commits knew;   ///< heads of its group; of the whole record and of what hangs on it for a removal
  bool names_children = false;  ///< a removal: `knew` speaks of what hangs on the record
};

/// How texts begin that are looked for everywhere after a purge.
inline constexpr std::string_view kLongText = "text-";

/// The county's n-th purge of a record: values of these fields are gone wherever a head holds a lower number
/// (11).
struct TruePurge {
  Id record;
  std::uint64_t number = 0;
  std::set<std::uint16_t> fields;
  bool is_whole = false;  ///< pictures that hang on the record go too, whoever took them without knowing
};

struct TrueCommit {
  Hash256 hash;  ///< head hash: the one name that no rename changes
  Bytes body;
  Bytes values;
  ChangeId name;  ///< as it was written
  std::uint64_t action = 0;
  std::size_t save = 0;  ///< changes of one save have one number
  std::size_t laptop = 0;
  Id author;
  Id record;
  std::uint16_t kind = 0;
  std::uint8_t privacy = 0;
  std::uint64_t purge_number = 0;  ///< of its record, that its author's laptop held
  bool must_apply =
      false;  ///< its author was shown the record in a scope held all along: nothing to hold back
  std::vector<TrueWrite> writes;
};

/// Which commits somebody has; true = only kept aside (inert, 3.3).
using Known = std::map<Commit, bool>;

class Truth {
 public:
  using Status = sync::server::store::ChangeStatus;
  struct Kept {
    ChangeId name;  ///< at the server
    Status status = Status::kApplied;
  };

  Commit add(TrueCommit commit);
  [[nodiscard]] const TrueCommit& at(Commit commit) const { return commits_[commit]; }
  [[nodiscard]] std::size_t size() const { return commits_.size(); }
  [[nodiscard]] std::optional<Commit> find(const Hash256& hash) const;
  [[nodiscard]] bool is_of_story(const Id& record) const;

  /// Reads what is new in the server's log; `anew` = all of it (after a restore or an office's word). Breaks
  /// the story when something is kept that nobody wrote, or other bytes than were written.
  void watch(sync::server::store::Reader& reader, std::uint64_t epoch, bool anew);
  /// By the server's names in one of its lives.
  /// What stands under this name in this body, be it a name of another epoch.
  [[nodiscard]] std::optional<Commit> brought(const ChangeId& id, const Bytes& body) const;
  [[nodiscard]] std::optional<Commit> named(std::uint64_t epoch, const ChangeId& name) const;
  [[nodiscard]] const std::map<Commit, Kept>& kept() const { return kept_; }
  [[nodiscard]] Known known_to_server() const;

  /// A write is a head iff it is applied and no applied write's author was shown it, directly or through what
  /// is only kept aside.
  [[nodiscard]] Commits heads(const Place& place, const Known& known) const;
  /// The register names a write that is nowhere in `known`.
  [[nodiscard]] bool waits(const Place& place, const Known& known) const;
  [[nodiscard]] const TrueWrite& write(Commit commit, const Place& place) const;
  [[nodiscard]] const std::map<Place, std::vector<Commit>>& registers() const { return registers_; }
  /// Registers of one record.
  [[nodiscard]] std::vector<Place> places_of(const Id& record) const;
  /// Records in the order in which they were made.
  struct TrueRecord {
    Id id;
    std::string kind;
    Id parent;
  };
  void add_record(TrueRecord record) { records_.push_back(std::move(record)); }
  [[nodiscard]] const std::vector<TrueRecord>& records() const { return records_; }
  void add_purge(TruePurge purge) { purges_.push_back(std::move(purge)); }
  [[nodiscard]] const std::vector<TruePurge>& purges() const { return purges_; }
  /// The value of this write may be nowhere any more.
  [[nodiscard]] bool is_purged(Commit commit, const Place& place) const {
    return is_purged(commit, place, purges_.size());
  }
  /// Long texts that may be nowhere any more where the first so many purges are known, whoever wrote them.
  [[nodiscard]] std::set<std::string> purged_texts(std::size_t purges) const;

 private:
  [[nodiscard]] bool is_purged(Commit commit, const Place& place, std::size_t purges) const;
  void watch_replica(sync::server::store::Reader& reader, const sync::server::store::ReplicaRow& replica,
                     std::uint64_t epoch);
  /// What was written as this row of somebody else's, under the author's name or a branch's.
  [[nodiscard]] std::optional<Commit> kept_beside(const sync::server::store::LogRow& row);
  /// The values of a row are those that were saved, but for what is purged.
  [[nodiscard]] bool has_right_values(const sync::server::store::LogRow& row, Commit commit) const;
  void watch_early(sync::server::store::Reader& reader, std::uint64_t epoch);
  std::vector<TrueCommit> commits_;
  std::map<Hash256, Commit> by_hash_;
  std::map<Place, std::vector<Commit>> registers_;
  std::vector<TrueRecord> records_;
  std::vector<TruePurge> purges_;
  std::map<Commit, Kept> kept_;
  std::set<ChangeId> aside_;  ///< names given at the server to what it could not believe
  std::map<ReplicaId, std::uint64_t> watched_;
  std::map<std::uint64_t, std::map<ChangeId, Commit>> names_;
};

}  // namespace lianxin::sim
