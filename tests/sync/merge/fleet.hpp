#pragma once
// One server with a full log and laptops with base and overlay (sync.md 1, 3.10): filtered feeds, interrupted
// pulls, snapshots, sticks, relays, quarantine and later acceptance. In memory, no time, one seed.
#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "tests/sync/merge/histories.hpp"

namespace lianxin::test {

/// A rule of the laptop or the server left out, to see that the laws notice.
enum class Mutant {
  kNone,
  kOverlayIsKept,      ///< own changes stay in the overlay after they came back
  kStickIgnoresFeed,   ///< a stick's change is taken though the feed has passed it
  kBaseForgetsGhosts,  ///< a feed entry's ghosts are not believed
  kOverlayKnowsAll,    ///< to the overlay nothing is missing
  kCursorIgnored,      ///< entries told again are applied again
  kInertUnread,        ///< inert entries are skipped by laptops
};

using VersionVector = std::map<ReplicaId, std::uint64_t>;
using Shared = std::shared_ptr<const Written>;

struct Entry {
  bool inert = false;
  Shared change;
  std::vector<ChangeId> ghosts;
  HeadMeta meta;
  VersionVector reached;  ///< the server's, after this entry
};

class Server {
 public:
  /// Takes what continues a chain, keeps every sixth or so aside.
  void take(const std::vector<Shared>& changes, std::mt19937_64& random);
  void accept_any(std::mt19937_64& random);
  [[nodiscard]] const std::vector<Entry>& feed() const { return feed_; }
  [[nodiscard]] const std::map<Id, RecordState>& records() const { return records_; }
  [[nodiscard]] const VersionVector& reached() const { return reached_; }
  /// All of a record ever taken, with what is still kept aside: what the definition needs.
  [[nodiscard]] History history(const Id& record) const;

 private:
  void merge(const Shared& change, bool inert);
  std::map<ChangeId, Shared> log_;
  std::vector<Shared> order_;
  std::set<ChangeId> inert_;
  VersionVector reached_;
  std::map<Id, RecordState> records_;
  std::vector<Entry> feed_;
};

class Laptop {
 public:
  Laptop(std::uint64_t replica, std::set<int> scopes, Mutant mutant)
      : replica_{replica}, scopes_(std::move(scopes)), mutant_(mutant) {}
  [[nodiscard]] bool holds(const Id& record) const;
  void edit(const Id& record, std::mt19937_64& random);
  /// What it carries for others first (8.2), then its own since the last acknowledgement.
  void push(Server& server, std::mt19937_64& random) const;
  /// Entries up to `end`; some already read are told again.
  void pull(const Server& server, std::size_t end, std::mt19937_64& random);
  void snapshot(const Server& server);
  [[nodiscard]] std::vector<Shared> stick() const;
  /// The overlay takes a stick's changes in any order; what it carries on stays as it was.
  void import(std::vector<Shared> stick, bool carries_it, std::mt19937_64& random);
  [[nodiscard]] RecordState shown(const Id& record) const;
  [[nodiscard]] bool has_overlay() const { return !overlay_.empty(); }
  [[nodiscard]] const RecordState* base(const Id& record) const;
  /// All it knows of a record, by the feed up to its cursor, by its own hand and by sticks.
  [[nodiscard]] History known(const Id& record, const Server& server) const;
  [[nodiscard]] std::size_t cursor() const { return cursor_; }
  [[nodiscard]] ReplicaId replica() const { return replica_; }

 private:
  [[nodiscard]] bool has_passed(const ChangeId& id) const;
  void read(const Entry& entry);
  void trim_overlay();
  ReplicaId replica_;
  std::set<int> scopes_;
  Mutant mutant_;
  std::vector<Shared> own_;
  std::vector<Shared> brought_;  ///< by sticks, ever; only the laws read it
  std::map<Id, RecordState> base_;
  std::vector<Shared> overlay_;
  std::vector<std::vector<Shared>> carried_;
  std::size_t cursor_ = 0;
  VersionVector passed_;  ///< the server's at the cursor
  std::uint64_t acknowledged_ = 0;
};

/// Records 0..3; a record's scope is its number modulo 2.
[[nodiscard]] Id record_at(int number);
/// "" or the first law that a random life of four laptops breaks.
[[nodiscard]] std::string broken_law(std::uint64_t seed, Mutant mutant);

}  // namespace lianxin::test
