#pragma once
// What travels with an exchange for bundles' sake (wire/carried.hpp): others' segments handed in, the device
// list, and which changes of other laptops are here.
#include <vector>

#include "sync/server/service/county.hpp"
#include "sync/server/service/intake.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/bundle.hpp"
#include "sync/wire/carried.hpp"

namespace lianxin::sync::server {

/// A signed request whose signature was checked against `sign_key`, with the values that lay sealed to us in
/// their places (6.3). Errors: those of wire::unpack,
/// "exchange.signature".
[[nodiscard]] Result<wire::ExchangeRequest> read_signed(const County& county, BytesView sign_key,
                                                        const wire::SignedRequest& message);

/// Takes the segments that part 16 brings, each in a savepoint of its own; one that cannot be taken is named
/// with its reason and stops nothing. Errors: those of the store.
[[nodiscard]] Result<std::vector<wire::CarriedTaken::One>> take_carried(store::Writer& writer,
                                                                        const domain::Catalogue& catalogue,
                                                                        const County& county,
                                                                        const wire::ExchangeRequest& request,
                                                                        WallMs now_ms);
/// One sealed section of others' work.
[[nodiscard]] Status take_segment(store::Writer& writer, const domain::Catalogue& catalogue,
                                  const County& county, const wire::Section& section, WallMs now_ms,
                                  std::uint64_t& early);

/// Adds the parts the request asks for (15, 17) and what became of its segments (16).
[[nodiscard]] Status answer_carried(store::Reader& reader, const wire::ExchangeRequest& request,
                                    const Pushed& pushed, const Access& access, const Id& device,
                                    const Date& today, wire::ExchangeAnswer& answer);

/// The laptops that hold a scope of the reader's (8.3). `version` tells whether it is still the same.
[[nodiscard]] Result<wire::DeviceList> devices_for(store::Reader& reader, const Access& access,
                                                   const Id& device, const Date& today);

}  // namespace lianxin::sync::server
