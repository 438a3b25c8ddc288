#pragma once
// What stays of the own changes of a record that has left this laptop (sync.md 6.3, 4.3). Inside the caller's
// transaction; one thread.
//
// What leaves is gone from rows, search, conflicts, log values, journal and the database's own log in the
// same exchange; of own changes the heads stay, and their values lie sealed to the county until a verified
// backup has them. While anything of a record or of what hangs on it is unsent, or a draft is about it, it
// stays, read-only. A person's short reason stands in the head and stays with it.
#include <optional>

#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/store/database.hpp"
#include "sync/wire/leaving.hpp"

namespace lianxin::client::store {

class Erasure {
 public:
  explicit Erasure(lianxin::store::Database& database) : database_(database) {}

  /// Replaces the values of the record's own changes: the chain still proves itself, and the values lie
  /// sealed to the server (not at all where `seal_key` is no key). What they had replaced goes too. `now_ms`
  /// = this laptop's clock.
  [[nodiscard]] Status put_away(const Id& record, BytesView seal_key, WallMs now_ms);
  /// The server has told an own change with its values again: its record is here once more.
  [[nodiscard]] Status came_back(const ChangeId& change);
  /// An own change goes by a branch's name now (7.2).
  [[nodiscard]] Status rename(const ChangeId& change, ReplicaId branch);
  /// Own counters of a replica without values here.
  [[nodiscard]] Result<sync::wire::ErasedValues> erased(ReplicaId replica);
  /// The sealed values among [first, last].
  [[nodiscard]] Result<sync::wire::SealedValues> sealed(ReplicaId replica, std::uint64_t first,
                                                        std::uint64_t last);
  /// A verified backup of the server has everything up to `counter`: what was sealed 90 days ago goes.
  [[nodiscard]] Status backed_up(ReplicaId replica, std::uint64_t counter, WallMs now_ms);
  /// Sealed values still kept.
  [[nodiscard]] Result<std::uint64_t> kept();

  /// Something left the scope at this position (0 = the scope itself ended); to be stated with the next
  /// hello.
  [[nodiscard]] Status note_left(const Id& scope, std::uint64_t position);
  /// What is to be stated: of each scope the chain that noted it, then the chains before that one.
  [[nodiscard]] Result<sync::wire::Confirmed> to_state();
  /// The server has it.
  [[nodiscard]] Status stated(const sync::wire::Confirmed& confirmed);

 private:
  lianxin::store::Database& database_;
};

}  // namespace lianxin::client::store
