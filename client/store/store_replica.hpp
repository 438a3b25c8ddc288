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
#include "client/store/exchange_parts.hpp"
#include "client/store/identity.hpp"
#include "client/store/own_chains.hpp"
#include "client/store/peer_changes.hpp"
#include "client/store/pictures.hpp"
#include "client/store/records_impl.hpp"
#include "client/store/save_tail.hpp"
#include "sync/laptop/bundle_store.hpp"
#include "sync/laptop/replica.hpp"
#include "sync/wire/folding.hpp"

namespace lianxin::client::store {

struct AnswerWay;

class StoreReplica final : public sync::laptop::Replica {
 public:
  /// All must outlive it.
  StoreReplica(RecordsImpl& records, SaveTail& tail, const Identity& identity, const Clock& clock)
      : records_(records),
        tail_(tail),
        identity_(identity),
        clock_(clock),
        chains_(records.database()),
        parts_(records),
        peers_(records),
        pictures_(records, identity, [this] { return clean_up(); }) {}

  [[nodiscard]] Result<sync::laptop::ExchangeStart> begin_exchange() override;
  [[nodiscard]] Result<std::uint64_t> use_number() override;
  [[nodiscard]] Result<bool> stands_at(const sync::laptop::ExchangeStart& start) override;
  [[nodiscard]] Status skip_exchanges(std::uint64_t last) override;
  [[nodiscard]] Result<sync::laptop::OutgoingCost> outgoing_cost() override;
  [[nodiscard]] Result<sync::laptop::Outgoing> outgoing(std::uint64_t from_counter,
                                                        std::size_t bytes_max) override;
  [[nodiscard]] Result<Bytes> sign(BytesView message) override;
  [[nodiscard]] Result<sync::laptop::Taken> take(const sync::wire::ExchangeAnswer& answer,
                                                 const sync::laptop::Asked& asked) override;
  /// The same for an answer that came in a file (8.1).
  [[nodiscard]] Result<sync::laptop::Taken> take_file(const sync::wire::ExchangeAnswer& answer,
                                                      const sync::laptop::FileAnswer& how);
  [[nodiscard]] Status become_new_replica() override;
  [[nodiscard]] Result<std::vector<sync::laptop::ScopeVerdict>> compare(
      const sync::wire::ExchangeAnswer& last, std::uint64_t number) override;
  [[nodiscard]] Result<std::vector<std::string>> disputes() override;
  [[nodiscard]] Result<bool> wants_exchange() override;
  [[nodiscard]] sync::laptop::PictureStore* pictures() override { return &pictures_; }
  [[nodiscard]] Result<std::size_t> answer_bytes() override;
  [[nodiscard]] Status remember_answer_bytes(std::size_t bytes) override;
  [[nodiscard]] Status remember_sync(const std::string& summary_json, bool complete) override;

 private:
  [[nodiscard]] Result<sync::laptop::Taken> take_answer(const sync::wire::ExchangeAnswer& answer,
                                                        const AnswerWay& way);
  [[nodiscard]] Result<OwnChain> chain_to_speak_for();
  [[nodiscard]] Result<bool> can_send(const OwnChain& chain);
  [[nodiscard]] Result<std::vector<sync::wire::Cursor>> cursors();
  [[nodiscard]] Result<std::uint64_t> epoch();
  [[nodiscard]] Result<std::map<FeedPlace, sync::wire::FeedEnd>> ends();
  [[nodiscard]] Result<bool> differs_by_sum(const sync::wire::ExchangeAnswer& last,
                                            const std::map<FeedPlace, sync::wire::FeedEnd>& ours);
  [[nodiscard]] Result<HeadMark> mark();
  [[nodiscard]] Result<std::vector<sync::wire::Part>> parts();
  [[nodiscard]] Status clean_up();

  RecordsImpl& records_;
  SaveTail& tail_;
  const Identity& identity_;
  const Clock& clock_;
  OwnChains chains_;
  sync::wire::Confirmed stating_;  ///< what the exchange under way states (4.3)
  ExchangeParts parts_;
  PeerChanges peers_;
  StorePictures pictures_;
  ReplicaId speaking_;                ///< chain of the exchange under way
  bool was_fork_ = false;             ///< what the last answer said of it
  std::uint64_t branch_first_ = 0;    ///< where what goes by a branch's name now began; 0 = nothing does
  bool branch_is_placed_ = false;     ///< it took some of ours into the branch
  bool asks_each_digest_ = false;     ///< the last comparison was by one sum, and unequal
  std::map<ReplicaId, int> in_vain_;  ///< exchanges for an earlier chain that moved nothing, this run
};

/// The scopes as the server told them last.
[[nodiscard]] Result<std::vector<sync::wire::HeldScope>> held_as_told(lianxin::store::Database& database);

/// Changes of one chain as they are sent.
[[nodiscard]] Result<sync::laptop::Outgoing> read_outgoing(lianxin::store::Database& database,
                                                           OwnChains& chains, ReplicaId replica,
                                                           std::uint64_t from_counter, std::size_t bytes_max);

}  // namespace lianxin::client::store
