#pragma once
// A request of the laptop, over the line or in a file. Internal to this folder.
#include "shared/base/clock.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::sync::laptop {

/// As it goes into a file.
[[nodiscard]] wire::ExchangeRequest make_request(const ExchangeStart& start, const Outgoing& outgoing,
                                                 WallMs now_ms);
/// Encoded and signed by the device.
[[nodiscard]] Result<wire::SignedRequest> sign_request(Replica& replica, const ServerAddress& address,
                                                       const Id& device,
                                                       const wire::ExchangeRequest& request);

}  // namespace lianxin::sync::laptop
