#pragma once
// What bundles add to an exchange (sync.md 8.2, 8.3): others' changes in the overlay, their sealed segments,
// the device list. Inside the caller's transaction; one thread. Internal to this folder.
//
// What another laptop brought is overlay, with its head hash in `peer_change`: shown, never sent as ours, and
// gone from there when a feed brings it or the county says that it has it. Its author's sealed chain waits in
// `carried`.
#include <optional>
#include <vector>

#include "client/store/records_impl.hpp"
#include "sync/laptop/bundle_store.hpp"

namespace lianxin::client::store {

class PeerChanges {
 public:
  explicit PeerChanges(RecordsImpl& records) : records_(records) {}

  /// Parts 15-17 of a request. The device list is asked for once an hour.
  [[nodiscard]] Status add_parts(std::vector<sync::wire::Part>& parts, WallMs now_ms);
  /// What an answer says of them. `is_whole` = everything up to the server's end has been read with it.
  [[nodiscard]] Status take_parts(const sync::wire::ExchangeAnswer& answer, bool is_whole, WallMs now_ms);
  /// Segments are left which the last answer has made room for.
  [[nodiscard]] Result<bool> wants_exchange();

  [[nodiscard]] Result<std::vector<sync::wire::DeviceEntry>> devices();
  [[nodiscard]] Status want_devices();
  [[nodiscard]] Result<sync::laptop::PeerTaken> take(const sync::wire::DeviceEntry& from,
                                                     const sync::wire::PeerChanges& changes,
                                                     const std::vector<Bytes>& segments, WallMs now_ms);
  [[nodiscard]] Result<bool> any();
  /// How many changes of colleagues' files are shown here and have not come from the county.
  [[nodiscard]] Result<std::uint64_t> unconfirmed();
  /// Before a feed brings a change: a peer's under the same id with another body makes way (2.6).
  [[nodiscard]] Status make_way(const ChangeId& id, BytesView body);
  /// Those that feeds have brought meanwhile are no peers' any more.
  [[nodiscard]] Status sweep();
  /// Lays the overlay of a record anew.
  [[nodiscard]] Status lay(const Id& record, const sync::change::ChangeBody* first = nullptr);

 private:
  [[nodiscard]] Status take_list(const sync::wire::DeviceList& list, WallMs now_ms);
  [[nodiscard]] Status take_told(const sync::wire::PeerTold& told, bool is_whole);
  [[nodiscard]] Result<bool> take_one(const sync::wire::DeviceEntry& from,
                                      const sync::wire::PeerChange& change, ReplicaId replica,
                                      sync::laptop::PeerTaken& out, WallMs now_ms);
  [[nodiscard]] Result<bool> holds_view(const Id& scope, std::uint8_t privacy);
  [[nodiscard]] Result<bool> is_ours_to_hold(const sync::change::ChangeBody& body);

  RecordsImpl& records_;
  bool moved_ = false;  ///< the last answer took a segment
};

/// The head hash's first octets of a change learnt from another laptop only; nullopt = not one of those.
[[nodiscard]] Result<std::optional<std::array<std::uint8_t, 8>>> peer_hash8(
    lianxin::store::Database& database, const ChangeId& id);

}  // namespace lianxin::client::store
