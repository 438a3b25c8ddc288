#pragma once
// The laptop's half of an exchange over this store (sync.md 5-7, 9; sync/laptop/replica.hpp). One thread.
//
// An exchange speaks for one chain: first those of earlier replicas that still hold something the server does
// not keep, then the present one. Only the present one's exchanges read feeds: the server then tells what an
// earlier replica wrote with its bytes, also where this laptop has lost them.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/store/erasure.hpp"
#include "client/store/identity.hpp"
#include "client/store/own_chains.hpp"
#include "client/store/records_impl.hpp"
#include "client/store/save_tail.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::store {

class StoreReplica final : public sync::laptop::Replica {
 public:
  /// All must outlive it.
  StoreReplica(RecordsImpl& records, SaveTail& tail, const Identity& identity, const Clock& clock)
      : records_(records), tail_(tail), identity_(identity), clock_(clock), chains_(records.database()) {}

  [[nodiscard]] Result<sync::laptop::ExchangeStart> begin_exchange() override;
  [[nodiscard]] Result<sync::laptop::OutgoingCost> outgoing_cost() override;
  [[nodiscard]] Result<sync::laptop::Outgoing> outgoing(std::uint64_t from_counter,
                                                        std::size_t bytes_max) override;
  [[nodiscard]] Result<Bytes> sign(BytesView message) override;
  [[nodiscard]] Result<sync::laptop::Taken> take(const sync::wire::ExchangeAnswer& answer,
                                                 std::uint64_t number) override;
  [[nodiscard]] Status become_new_replica() override;
  [[nodiscard]] Result<std::vector<sync::laptop::ScopeVerdict>> compare(
      const sync::wire::ExchangeAnswer& last, std::uint64_t number) override;
  [[nodiscard]] Status remember_sync(const std::string& summary_json, bool complete) override;

 private:
  [[nodiscard]] Result<OwnChain> chain_to_speak_for();
  [[nodiscard]] Result<bool> can_send(const OwnChain& chain);
  [[nodiscard]] Result<std::vector<sync::wire::Cursor>> cursors();
  [[nodiscard]] Result<HeadMark> mark();
  [[nodiscard]] Result<std::vector<sync::wire::Part>> parts();
  [[nodiscard]] Status clean_up();

  RecordsImpl& records_;
  SaveTail& tail_;
  const Identity& identity_;
  const Clock& clock_;
  OwnChains chains_;
  sync::wire::Confirmed stating_;     ///< what the exchange under way states (4.3)
  ReplicaId speaking_;                ///< chain of the exchange under way
  bool was_fork_ = false;             ///< what the last answer said of it
  bool branch_is_placed_ = false;     ///< it took some of ours into the branch
  std::map<ReplicaId, int> in_vain_;  ///< exchanges for an earlier chain that moved nothing, this run
};

}  // namespace lianxin::client::store
