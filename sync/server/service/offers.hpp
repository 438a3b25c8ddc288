#pragma once
// What laptops offer to a server that was restored from a backup (sync.md 4.2, 7.1): other people's changes,
// kept by id beyond their replica's counter, applied, and compared when the author comes.
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {

/// Which of the runs are not in the log.
[[nodiscard]] Result<wire::OfferAnswer> tell_lacking(store::Reader& reader,
                                                     const wire::OfferRequest& request);
/// Keeps what is not here yet. It is applied where the device that brings it holds the scope named in its
/// head (the shelf: what this server itself wrote in an earlier epoch), else kept aside with the reason
/// "early". How many were kept. What cannot be read is left out.
[[nodiscard]] Result<std::uint64_t> keep_early(store::Writer& writer, const domain::Catalogue& catalogue,
                                               const store::DeviceRow& device, const Access& access,
                                               const wire::OfferRequest& request, WallMs now_ms);

}  // namespace lianxin::sync::server
