#pragma once
// What bundles need from the laptop's store, beside `Replica` (implemented by client/store). One thread.
#include <cstdint>
#include <string>
#include <vector>

#include "sync/laptop/replica.hpp"
#include "sync/wire/bundle.hpp"
#include "sync/wire/carried.hpp"

namespace lianxin::sync::laptop {

/// Who this laptop is, with the keys that open what is sealed for it.
struct BundleSelf {
  ServerAddress address;
  Id device;
  Id worker;
  ReplicaId replica;
  std::uint64_t epoch = 0;
  Bytes sign_public;
  Bytes sign_secret;
  Bytes seal_public;
  Bytes seal_secret;
  Bytes enrolment;  ///< packed EnrolRequest, until the county has answered; "" = enrolled
};

/// One of the laptop's chains with what the server is not known to keep of it; the present one comes last.
struct ChainToSend {
  change::ChainEnd end;
  std::uint64_t acknowledged = 0;
};

/// How an answer in a file is to be taken.
struct FileAnswer {
  ReplicaId speaking;   ///< the chain it acknowledges
  bool asked = false;   ///< it answers a request of that chain; else the server sent it unasked
  bool newest = false;  ///< made after every answer taken before
};

struct PeerTaken {
  std::uint64_t fresh = 0;    ///< new here
  std::uint64_t known = 0;    ///< were here already
  std::uint64_t outside = 0;  ///< of no scope of ours: left out
};

struct ParkedBundle {
  Id bundle;
  Bytes file;
  std::string missing;  ///< as text
};

class BundleStore {
 public:
  virtual ~BundleStore() = default;
  [[nodiscard]] virtual Result<BundleSelf> self() = 0;
  /// Nothing of the enrolment is kept for the county any longer (`BundleSelf::enrolment` is "" from now on).
  [[nodiscard]] virtual Status county_answered() = 0;
  [[nodiscard]] virtual Result<std::vector<wire::DeviceEntry>> devices() = 0;
  /// The next request asks for the list of devices, however new the one here is.
  [[nodiscard]] virtual Status want_devices() = 0;
  [[nodiscard]] virtual Result<std::string> scope_code(const Id& scope) = 0;

  // to the server
  [[nodiscard]] virtual Result<std::vector<ChainToSend>> chains() = 0;
  [[nodiscard]] virtual Result<Outgoing> outgoing_of(ReplicaId replica, std::uint64_t from_counter,
                                                     std::size_t bytes_max) = 0;
  /// Next exchange number, used up durably.
  [[nodiscard]] virtual Result<std::uint64_t> next_number() = 0;

  // from the server
  /// A file of this epoch is of a life of the server before the one known here. `number` as below.
  [[nodiscard]] virtual Result<bool> is_older_life(std::uint64_t epoch, std::uint64_t number) = 0;
  /// What of a feed must come before this range can be taken; nullopt = nothing. `epoch` = the file's.
  [[nodiscard]] virtual Result<std::vector<wire::FeedRange>> missing_before(
      std::uint64_t epoch, const std::vector<wire::FeedRange>& ranges) = 0;
  /// No answer taken so far is newer: it answers the last request there was, whatever the server's clock said
  /// in between, or `server_ms` is later than that of every one. `number` = of the request, 0 = none was
  /// made.
  [[nodiscard]] virtual Result<bool> is_newest(WallMs server_ms, std::uint64_t number) = 0;
  /// As Replica::take, with the rules of files (8.1): parts already read are skipped, an old answer only
  /// acknowledges.
  [[nodiscard]] virtual Result<Taken> take_from_file(const wire::ExchangeAnswer& answer,
                                                     const FileAnswer& how) = 0;
  [[nodiscard]] virtual Status park(const ParkedBundle& parked) = 0;
  [[nodiscard]] virtual Result<std::vector<ParkedBundle>> parked() = 0;
  [[nodiscard]] virtual Status unpark(const Id& bundle) = 0;

  // between laptops
  /// Own work that has not come back, as far as `to` holds its scopes and classes.
  [[nodiscard]] virtual Result<wire::PeerChanges> changes_for(const wire::DeviceEntry& to) = 0;
  /// In one transaction: the changes into the overlay, the sealed segments kept for the county.
  [[nodiscard]] virtual Result<PeerTaken> take_peer(const wire::DeviceEntry& from,
                                                    const wire::PeerChanges& changes,
                                                    const std::vector<Bytes>& segments) = 0;
};

}  // namespace lianxin::sync::laptop
