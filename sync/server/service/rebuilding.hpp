#pragma once
// The states of a record made anew from the log, which is the truth of the server (design.md 4).
#include <map>

#include "sync/merge/merge.hpp"
#include "sync/server/service/branches.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

class Rebuilder {
 public:
  /// By audience; nil = everything, a worker's id = what that worker wrote of the own-only classes.
  using States = std::map<Id, merge::RecordState>;

  explicit Rebuilder(store::Reader& reader) : reader_(reader) {}
  /// Applies every change of the record in order of intake; who is paired with its member has all of the
  /// class hardship. Errors of the store, "change.malformed".
  [[nodiscard]] Result<States> states_of(const store::RecordRow& row);
  /// What one worker wrote of a class, where that is a view (pairings.hpp), as if not paired.
  [[nodiscard]] Result<merge::ClassState> own_view(const store::RecordRow& row, std::uint8_t privacy,
                                                   const Id& worker);
  /// Changes applied so far.
  [[nodiscard]] std::uint64_t changes() const { return changes_; }

 private:
  [[nodiscard]] Result<Branch> branch_for(ReplicaId replica);
  [[nodiscard]] Status apply(const store::LogRow& row, bool keeps_own, States& states);
  [[nodiscard]] Result<States> unshared(const store::RecordRow& row);

  store::Reader& reader_;
  std::map<ReplicaId, Branch> branches_;
  std::uint64_t changes_ = 0;
};

}  // namespace lianxin::sync::server
