#pragma once
// The parts of a request (tags 1 to 4, sync/wire/parts.hpp, and 7, purge_proofs.hpp) in the two steps of an
// exchange. A part that cannot be read is left aside, like one with an unknown tag: it never holds a push
// back.
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server {

/// What the parts change, after the push of the same request. True = values were purged: the store's log is
/// to be emptied of them once the transaction stands.
[[nodiscard]] Result<bool> take_parts(store::Writer& writer, const domain::Catalogue& catalogue,
                                      const County& county, const store::DeviceRow& device,
                                      const wire::ExchangeRequest& request, WallMs now_ms);
/// What they ask for, of the answer's own snapshot; after its pages.
[[nodiscard]] Status answer_parts(store::Reader& reader, const County& county, const Access& access,
                                  const wire::ExchangeRequest& request, std::size_t bytes_max,
                                  wire::ExchangeAnswer& answer);

}  // namespace lianxin::sync::server
