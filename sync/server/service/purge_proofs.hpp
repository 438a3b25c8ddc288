#pragma once
// Purges that a server lost with its list, taken back from the laptops that were told them (sync.md 11): each
// has the server's own signature with it, so that nobody can have anything erased that was not.
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/messages.hpp"
#include "sync/wire/purge_proofs.hpp"

namespace lianxin::sync::server {

/// What a laptop keeps with the purge it is told.
[[nodiscard]] Bytes prove(const County& county, const store::PurgeRow& purge);

/// Purges the request shows with a proof and this server does not know are carried out again, under their
/// number (a new one where another purge has it), and told to every laptop; how many. Those without one are
/// logged and left aside, like a part that cannot be read.
[[nodiscard]] Result<std::uint64_t> take_proven(store::Writer& writer, const domain::Catalogue& catalogue,
                                                const County& county, const store::DeviceRow& device,
                                                const wire::ExchangeRequest& request, WallMs now_ms);

}  // namespace lianxin::sync::server
