#pragma once
// A new laptop becomes a device of a worker by a one-time code (sync.md 8.3).
#include "shared/base/clock.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server {

inline constexpr std::uint32_t kJoinTriesMax = 5;
inline constexpr WallMs kJoinLifeMs = kDayMs;
inline constexpr WallMs kOfferLifeMs = 30 * kJoinLifeMs;  ///< of a code that travels on a stick

/// What a new laptop is told.
[[nodiscard]] Result<wire::EnrolAnswer> enrol_answer(store::Reader& reader, const County& county,
                                                     const store::DeviceRow& device, WallMs now_ms);

/// Errors: "enrol.code" (no such code, or too often wrong), "enrol.used", "enrol.expired", "enrol.request"
/// (keys of another size, no replica). The same request again gets the same answer. Any thread.
[[nodiscard]] Result<wire::EnrolAnswer> enrol(store::Store& store, const County& county,
                                              const wire::EnrolRequest& request, WallMs now_ms);

}  // namespace lianxin::sync::server
