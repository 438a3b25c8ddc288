#pragma once
// Bundles from the laptop's side (sync.md 8): written, looked into, taken in. Files are the caller's: bytes
// in, bytes out. Whatever error comes back, nothing of a file has been taken.
#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "sync/laptop/bundle_store.hpp"
#include "sync/laptop/session.hpp"

namespace lianxin::sync::laptop {

/// A request of a bundle carries at most so many bytes of changes, a segment for a peer's back so many.
inline constexpr std::size_t kBundleBatchBytes = 4 * 1024 * 1024;
inline constexpr std::size_t kSegmentBytes = 1024 * 1024;

struct MadeBundle {
  Bytes file;
  wire::BundleHeader header;
};

/// Everything the server is not known to keep, and what was read so far. Errors of the store,
/// "bundle.too_large".
[[nodiscard]] Result<MadeBundle> bundle_for_server(Replica& replica, BundleStore& store, const Clock& clock);
/// For another laptop of the scope, named by its replica or its device (8.2). Errors
/// "bundle.unknown_receiver" {replica}, "bundle.revoked", "bundle.nothing_shared" {replica},
/// "bundle.too_large".
[[nodiscard]] Result<MadeBundle> bundle_for_peer(Replica& replica, BundleStore& store, const std::string& to,
                                                 const Clock& clock);

/// What an import came to.
struct BundleImported {
  wire::BundleHeader header;
  enum class What : std::uint8_t { kTaken, kParked, kOld } what = What::kTaken;
  std::string missing;               ///< of a parked one: what must come first, as text
  Taken taken;                       ///< of an answer, with those that had waited for it
  PeerTaken peer;                    ///< of another laptop's
  std::vector<ScopeVerdict> scopes;  ///< compared, where the answer brings us to the server's end
  std::optional<Receipt> receipt;  ///< then, to be remembered (`Replica::remember_sync`); its times are unset
  std::uint64_t conflicts = 0;     ///< as in a receipt
  bool revoked = false;
  std::uint64_t still_parked = 0;
};
/// Any file for this laptop, any order, any number of times. Errors: those of wire::decode_bundle and
/// read_section, "bundle.other_county", "bundle.for_server", "bundle.own_file", "bundle.not_for_us",
/// "bundle.sender", "bundle.unknown_sender", "bundle.older_life", "bundle.other_copy", "sync.signature",
/// those of the store.
[[nodiscard]] Result<BundleImported> import_bundle(Replica& replica, BundleStore& store, BytesView file);
/// Takes parked files whose turn has come; how many still wait. After a sync as well.
[[nodiscard]] Result<std::uint64_t> take_parked(Replica& replica, BundleStore& store, Taken& taken);

/// The offer in a file made by `device add --out`. Errors: those of decode_bundle, "bundle.malformed",
/// "enrol.join_line" (another kind of bundle).
[[nodiscard]] Result<wire::EnrolOffer> read_offer(BytesView file);
/// The enrolment of a new laptop by stick: kept by the store, carried by every bundle for the server until it
/// is answered.
[[nodiscard]] Bytes enrolment_of(const wire::EnrolOffer& offer, ReplicaId replica, const DeviceKeys& keys,
                                 const Clock& clock);
/// Tells the server over the line what a stick has not brought yet (`BundleSelf::enrolment`, empty = nothing
/// to do). Touches no store, so any thread. Errors: those of Transport, "enrol.*".
[[nodiscard]] Status hand_in_enrolment(BytesView enrolment, const Id& device, Transport& transport,
                                       const CancelFlag& cancel);
/// The same, and the store forgets it once it is answered.
[[nodiscard]] Status finish_enrolment(BundleStore& store, Transport& transport, const CancelFlag& cancel);

}  // namespace lianxin::sync::laptop
