#pragma once
// Taking what a laptop sends (sync.md 4, 7.2). One call = one push, inside one savepoint of the writer's
// transaction.
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/branches.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/service/good_faith.hpp"
#include "sync/server/service/workspace.hpp"
#include "sync/wire/carried.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server {

/// What a push came to; the answer is built around it.
struct Pushed {
  wire::ExchangeAnswer::Verdict verdict = wire::ExchangeAnswer::Verdict::kTaken;
  std::uint64_t expected =
      0;  ///< kExpected: send from here; kFork: first differing counter, 0 = not known yet
  wire::Acknowledgement ack;                     ///< without signature
  std::uint64_t early = 0;                       ///< new ones kept ahead of their chain (4.1)
  bool purged = false;                           ///< values were, of a purge this server did not know
  std::vector<wire::CarriedTaken::One> carried;  ///< what became of others' segments (8.2)
};

/// How a request came.
enum class Way : std::uint8_t {
  kOnline,   ///< over the line, asked and answered
  kFile,     ///< in its author's own bundle, perhaps late, again, or before an earlier one
  kCarried,  ///< by somebody else's hand
};

class Intake {
 public:
  Intake(store::Writer& writer, const domain::Catalogue& catalogue, WallMs now_ms)
      : writer_(writer), catalogue_(catalogue), workspace_(writer, catalogue), now_ms_(now_ms) {}

  /// `device` is the stored row; its last number, clock and cursors are brought up to date. Errors:
  /// "exchange.number" (neither the number nor the laptop's clock went on: a repeated recording of an older
  /// exchange), "exchange.replica" (that replica belongs to another device), "change.malformed" (nothing of
  /// the push is kept). `under_way_ms` = how long ago the request began to come: its clock is read against
  /// the server's of then, since a day's work on a slow line may take many minutes.
  [[nodiscard]] Result<Pushed> take(store::DeviceRow device, const wire::ExchangeRequest& request,
                                    std::int64_t under_way_ms);
  /// The same for a request that comes in a bundle: old numbers are no recordings here, and its clock says
  /// nothing. What does not follow the chain, or was brought by somebody else than its author, is kept early:
  /// by id, applied like any other, the watermark unmoved; compared by hash when the author comes (4.1, 4.2).
  [[nodiscard]] Result<Pushed> take_brought(store::DeviceRow device, const wire::ExchangeRequest& request,
                                            Way way);
  /// Records that this push has moved to other scopes.
  [[nodiscard]] std::vector<Id> moved() const { return workspace_.moved(); }
  /// In a life that a restore began: judges again what has been held back in it from these records for the
  /// scope they stood in then, whole actions: of a laptop that came before the change which has brought its
  /// record into its scope.
  [[nodiscard]] Status judge_again(const std::vector<Id>& records, const County& county);

 private:
  struct Judgement {
    store::ChangeStatus status = store::ChangeStatus::kApplied;
    std::string reason;
    std::string owner;
  };

  [[nodiscard]] Status note_device(store::DeviceRow& device, const wire::ExchangeRequest& request);
  [[nodiscard]] Status learn_rights(const store::DeviceRow& device, const wire::ExchangeRequest& request);
  [[nodiscard]] Result<store::ReplicaRow> replica_of(const store::DeviceRow& device, ReplicaId replica);
  [[nodiscard]] Result<Pushed> follow_chain(const store::DeviceRow& device,
                                            const wire::ExchangeRequest& request, store::ReplicaRow& replica);
  [[nodiscard]] Status note_file(store::DeviceRow& device, const wire::ExchangeRequest& request);
  [[nodiscard]] Status keep_early(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                                  const store::ReplicaRow& replica, Pushed& pushed);
  [[nodiscard]] Result<bool> is_rest(const wire::ExchangeRequest& request, const store::ReplicaRow& replica);
  [[nodiscard]] Result<Pushed> take_rest(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                                         const store::ReplicaRow& replica);
  [[nodiscard]] Result<std::set<std::uint64_t>> kept_counters(ReplicaId replica, std::uint64_t first,
                                                              std::size_t count);
  [[nodiscard]] Result<bool> keeps_beyond(ReplicaId replica, std::uint64_t counter);
  [[nodiscard]] Result<bool> saw_another_body(const change::ChangeBody& body);
  [[nodiscard]] Status note_cursors(const Id& device, const wire::ExchangeRequest& request);
  [[nodiscard]] Result<Pushed> without_changes(const wire::ExchangeRequest& request,
                                               const store::ReplicaRow& known);
  /// First counter of the batch whose head differs from what is kept; 0 = none.
  [[nodiscard]] Result<std::uint64_t> first_difference(const wire::ExchangeRequest& request,
                                                       const store::ReplicaRow& known);
  [[nodiscard]] Result<Pushed> stop_at_early(const store::DeviceRow& device,
                                             const wire::ExchangeRequest& request,
                                             const store::ReplicaRow& replica, Pushed pushed);
  [[nodiscard]] Result<wire::Acknowledgement> ack_up_to(const store::ReplicaRow& row, std::uint64_t last);
  [[nodiscard]] Result<std::optional<store::ReplicaRow>> branch_continued(
      const store::DeviceRow& device, const wire::ExchangeRequest& request, const store::ReplicaRow& known);
  [[nodiscard]] Result<Pushed> take_on_branch(const store::DeviceRow& device,
                                              const wire::ExchangeRequest& request,
                                              store::ReplicaRow& branch);
  [[nodiscard]] Result<Pushed> take_branch(const store::DeviceRow& device,
                                           const wire::ExchangeRequest& request,
                                           const store::ReplicaRow& known, std::uint64_t first);
  [[nodiscard]] Status append(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                              std::size_t from, std::size_t until, store::ReplicaRow& replica,
                              Pushed& pushed);
  /// False = another laptop once brought something else under this id (4.2): nothing was kept.
  [[nodiscard]] Result<bool> keep(const store::DeviceRow& device, change::Change change,
                                  const store::ReplicaRow& replica, bool clock_is_off, Pushed& pushed);
  [[nodiscard]] Result<bool> settle_early(const store::DeviceRow& device, const change::Change& change,
                                          const ChangeId& id, Pushed& pushed);
  [[nodiscard]] Status judge_action(const ChangeId& first);
  [[nodiscard]] Result<Judgement> judge(const store::DeviceRow& device, const change::Change& change,
                                        const change::ChangeBody& body);
  [[nodiscard]] Result<Judgement> judge_right(const store::DeviceRow& device, const change::ChangeBody& body,
                                              const change::ChangeValues& values);
  /// The scope was the author's and is not any more, but the change was made before the laptop knew (4.3).
  [[nodiscard]] Result<bool> pairs_without_right(const domain::Kind* kind, const change::ChangeBody& body,
                                                 bool had_whole);
  [[nodiscard]] Result<bool> began_here(const Id& record, const change::ChangeBody& body);
  [[nodiscard]] Result<bool> tells_of_new_member(const domain::Kind* kind, const change::ChangeBody& body,
                                                 const change::ChangeValues& values);
  [[nodiscard]] Result<std::optional<EndedRight>> late_right(const change::ChangeBody& body);
  [[nodiscard]] Result<Id> held_instead_of(const Id& scope);
  [[nodiscard]] Result<bool> may_touch_all(const domain::Kind* kind, const change::ChangeBody& body,
                                           const change::ChangeValues& values);
  [[nodiscard]] Result<bool> may_touch(const Id& record, const change::ChangeBody& body);
  [[nodiscard]] Result<std::optional<EndedRight>> left_with_parent(const Id& scope, const Id& record);
  [[nodiscard]] Result<std::string> owner_of(const Id& scope);
  [[nodiscard]] Status repeat_outcomes(const wire::ExchangeRequest& request, const store::ReplicaRow& known,
                                       Pushed& pushed);

  store::Writer& writer_;
  const domain::Catalogue& catalogue_;
  Workspace workspace_;
  const WallMs now_ms_;
  WallMs began_ms_ = now_ms_;  ///< the request to come
  Access access_;
  Branch branch_;                    ///< of the change kept last
  std::uint64_t early_differs_ = 0;  ///< counter at which `append` stopped; 0 = it did not
  bool in_file_ = false;             ///< the request's clock is of another hour
  std::optional<GoodFaith> good_faith_;
};

}  // namespace lianxin::sync::server
