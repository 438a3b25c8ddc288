#pragma once
// What laptops offer to a server that was restored from a backup (sync.md 4.2, 7.1): other people's changes,
// kept by id beyond their replica's counter, applied, and compared when the author comes.
//
// Nobody signed them, so they are believed only as far as they can be what this server once told: in an epoch
// after a restore, from before it, of a replica whose laptop is known, in the name of who uses it, and not
// beyond what that laptop has shown since. What the server itself wrote carries its mark (`own_secret`).
// What is of a laptop not known any more waits for a person; what cannot be true waits under a name of its
// own (7.2), so that it does not stand where somebody's own change comes.
#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {

/// Ids that one request may ask about; as many as a laptop asks for.
inline constexpr std::uint64_t kOffersAskedMax = 100'000;

/// Which of the runs are not in the log, or wait there for who may bring them. Error "wire.malformed" above
/// the limit.
[[nodiscard]] Result<wire::OfferAnswer> tell_lacking(store::Reader& reader,
                                                     const wire::OfferRequest& request);
/// Keeps what is not here yet. It is applied where it can be believed and the device that brings it holds the
/// scope named in its head, or where this server itself wrote it in an earlier epoch, else kept aside with
/// the reason "early" or "kind". What waits as "early" is judged again when another brings it, or when its
/// bringer shows that it was handed the record, and then what was held back from a record that is moved by
/// it. How many were kept. What cannot be read is left out.
[[nodiscard]] Result<std::uint64_t> keep_early(store::Writer& writer, const domain::Catalogue& catalogue,
                                               const store::DeviceRow& device, const Access& access,
                                               const wire::OfferRequest& request, WallMs now_ms);
/// The laptop has handed in all of this chain in this epoch: what others offer beyond it was never here.
[[nodiscard]] Status note_whole(store::Writer& writer, const County& county, ReplicaId replica);

/// The secret of a change that the server itself makes (2.2): only who has its signing key can give it again.
[[nodiscard]] change::Secret own_secret(BytesView sign_secret, BytesView body,
                                        const std::vector<change::WriteValue>& values);

}  // namespace lianxin::sync::server
