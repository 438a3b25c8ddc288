#pragma once
// The laptop's own chains: the present one and those of its earlier replicas, of which something may still be
// to be sent (sync.md 7.2). Inside the caller's transaction; one thread.
#include <optional>
#include <vector>

#include "client/store/journal.hpp"
#include "client/store/meta.hpp"
#include "shared/store/database.hpp"
#include "sync/change/change.hpp"

namespace lianxin::client::store {

struct OwnChain {
  sync::change::ChainEnd end;
  std::uint64_t acknowledged = 0;
  sync::change::ChainEnd base;  ///< change before the first one here; counter 0 = the whole chain is here
  bool knows_base = true;       ///< false = the base's hash is not known
  bool is_present = false;
};

class OwnChains {
 public:
  explicit OwnChains(lianxin::store::Database& database) : database_(database) {}

  /// Earlier ones first (by replica), the present one last.
  [[nodiscard]] Result<std::vector<OwnChain>> all();
  [[nodiscard]] Result<std::optional<OwnChain>> find(ReplicaId replica);
  /// Writes an earlier chain.
  [[nodiscard]] Status put(const OwnChain& chain);
  /// The present chain becomes an earlier one and a new replica begins. Nothing is re-issued. `acknowledged`
  /// of the old one may be lowered, so that all of it is offered again.
  [[nodiscard]] Status begin_anew(std::optional<std::uint64_t> acknowledged = std::nullopt);
  /// Raises what the server keeps of an earlier chain.
  [[nodiscard]] Status acknowledge(ReplicaId replica, std::uint64_t counter);
  /// From this counter on what is written under a chain's name goes by a branch's (7.2).
  struct BranchPoint {
    std::uint64_t first = 0;
    ReplicaId name;
  };
  /// Kept until the chain is renamed: a branch may part from a branch, and then the server tells them apart.
  [[nodiscard]] Status note_branch(ReplicaId replica, const BranchPoint& point);
  /// By counter.
  [[nodiscard]] Result<std::vector<BranchPoint>> branch_points(ReplicaId replica);
  /// Drafts of programs before renamings.hpp: what they say was shown goes by the branch's name too, or it
  /// would be taken for what another copy wrote under the old one (2.3).
  [[nodiscard]] Status rename_in_drafts(ReplicaId replica, const std::vector<BranchPoint>& points);
  /// What an earlier chain had from `first` on goes by a branch's name now (7.2): it ends before that.
  [[nodiscard]] Status end_before(ReplicaId replica, std::uint64_t first);
  /// After a restore of the server: everything is offered again (7.1).
  [[nodiscard]] Status offer_all();

  /// Head hash of an own change; zero for counter 0; nullopt = not known here.
  [[nodiscard]] Result<std::optional<Hash256>> hash_at(const ChangeId& id);
  /// Own changes the server is not known to keep, by chain and counter.
  [[nodiscard]] Result<std::vector<JournalEntry>> unsent();
  /// Where the unsent part of each chain begins, as the journal keeps it.
  [[nodiscard]] Result<std::vector<sync::change::ChainEnd>> bases();
  struct Cost {
    std::uint64_t changes = 0;
    std::uint64_t bytes = 0;
  };
  [[nodiscard]] Result<Cost> cost();

 private:
  [[nodiscard]] Status forget_branches();
  lianxin::store::Database& database_;
};

}  // namespace lianxin::client::store
