#pragma once
// Bundles at the county (sync.md 8): what a stick brings is taken in like an exchange, what it takes home is
// an answer sealed to one laptop. Any order, any number of times.
#include <string>

#include "shared/base/clock.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/exchange.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/bundle.hpp"

namespace lianxin::sync::server {

/// An answer stops growing here; the rest goes into the next file (`more`).
inline constexpr std::size_t kAnswerBundleBytes = 40 * 1024 * 1024;

/// What an imported bundle came to.
struct BundleTaken {
  wire::BundleHeader header;
  bool enrolled = false;              ///< it was this laptop's enrolment
  std::uint64_t acknowledged = 0;     ///< all of the sender's replica up to here is kept
  std::uint64_t early = 0;            ///< new ones kept ahead of their chain
  std::uint64_t quarantined = 0;      ///< of the sender's
  std::uint64_t others_segments = 0;  ///< of other laptops, taken
  wire::ExchangeAnswer::Verdict verdict = wire::ExchangeAnswer::Verdict::kTaken;
  Bytes answer;  ///< a file for the sender; empty where none was wanted or can be given
};

class Bundles {
 public:
  /// All must outlive it. Error "server.not_made".
  [[nodiscard]] static Result<Bundles> open(store::Store& store, const domain::Catalogue& catalogue,
                                            const Clock& clock);

  /// Nothing is kept unless all of the file can be read and is signed by who it says. Errors: those of
  /// wire::decode_bundle and read_section, "bundle.other_county", "bundle.for_laptop" (an answer or offer of
  /// ours), "bundle.sender" (unknown here, or another's key), those of enrol and Intake::take_brought.
  [[nodiscard]] Result<BundleTaken> import(BytesView file, bool wants_answer);
  /// News for a laptop since it last said how far it had read, with the acknowledgement. Errors
  /// "device.unknown", "bundle.not_enrolled" (it has no key yet), "bundle.revoked".
  [[nodiscard]] Result<Bytes> export_for(const Id& device);
  /// The file that begins an enrolment without a network; holds the one-time code, readable by its finder.
  /// Error "device.unknown".
  [[nodiscard]] Result<Bytes> offer(const Id& device, const std::string& code, const std::string& url,
                                    const std::string& key_pins);

 private:
  Bundles(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock, Exchange exchange)
      : store_(&store), catalogue_(&catalogue), clock_(&clock), exchange_(std::move(exchange)) {}
  struct Parcel;
  [[nodiscard]] Result<Parcel> open_parcel(BytesView file) const;
  [[nodiscard]] Status check_sender(const Parcel& parcel) const;
  [[nodiscard]] Result<BundleTaken> take_peers(const Parcel& parcel);
  [[nodiscard]] Result<Bytes> answer_file(const Verified& verified, const Pushed& pushed,
                                          std::uint64_t number, std::vector<Bytes> messages) const;

  store::Store* store_;
  const domain::Catalogue* catalogue_;
  const Clock* clock_;
  Exchange exchange_;
};

}  // namespace lianxin::sync::server
