#pragma once
// The laptop's store as bundles see it (sync/laptop/bundle_store.hpp). One thread.
#include <string>
#include <vector>

#include "client/store/store_replica.hpp"
#include "client/store/vault.hpp"
#include "sync/laptop/bundle_store.hpp"

namespace lianxin::client::store {

class StoreBundles final : public sync::laptop::BundleStore {
 public:
  /// All must outlive it.
  StoreBundles(RecordsImpl& records, StoreReplica& replica, Vault& vault, const Clock& clock)
      : records_(records),
        replica_(replica),
        vault_(vault),
        clock_(clock),
        chains_(records.database()),
        peers_(records) {}

  [[nodiscard]] Result<sync::laptop::BundleSelf> self() override;
  [[nodiscard]] Status county_answered() override;
  [[nodiscard]] Result<std::vector<sync::wire::DeviceEntry>> devices() override;
  [[nodiscard]] Status want_devices() override;
  [[nodiscard]] Result<std::string> scope_code(const Id& scope) override;
  [[nodiscard]] Result<std::vector<sync::laptop::ChainToSend>> chains() override;
  [[nodiscard]] Result<sync::laptop::Outgoing> outgoing_of(ReplicaId replica, std::uint64_t from_counter,
                                                           std::size_t bytes_max) override;
  [[nodiscard]] Result<std::uint64_t> next_number() override;
  [[nodiscard]] Result<bool> is_older_life(std::uint64_t epoch, std::uint64_t number) override;
  [[nodiscard]] Result<std::vector<sync::wire::FeedRange>> missing_before(
      std::uint64_t epoch, const std::vector<sync::wire::FeedRange>& ranges) override;
  [[nodiscard]] Result<bool> is_newest(WallMs server_ms, std::uint64_t number) override;
  [[nodiscard]] Result<sync::laptop::Taken> take_from_file(const sync::wire::ExchangeAnswer& answer,
                                                           const sync::laptop::FileAnswer& how) override;
  [[nodiscard]] Status park(const sync::laptop::ParkedBundle& parked) override;
  [[nodiscard]] Result<std::vector<sync::laptop::ParkedBundle>> parked() override;
  [[nodiscard]] Status unpark(const Id& bundle) override;
  [[nodiscard]] Result<sync::wire::PeerChanges> changes_for(const sync::wire::DeviceEntry& to) override;
  [[nodiscard]] Result<sync::laptop::PeerTaken> take_peer(const sync::wire::DeviceEntry& from,
                                                          const sync::wire::PeerChanges& changes,
                                                          const std::vector<Bytes>& segments) override;

 private:
  [[nodiscard]] Result<bool> may_see(const sync::wire::DeviceEntry& to, const Id& record, const Id& scope,
                                     std::uint8_t privacy);

  RecordsImpl& records_;
  StoreReplica& replica_;
  Vault& vault_;
  const Clock& clock_;
  OwnChains chains_;
  PeerChanges peers_;
};

}  // namespace lianxin::client::store
