#pragma once
// Unequal digests (sync.md 9): the server first puts its own states right from its log, then tells sums of
// ranges of records, and the states of those ranges that differ.
#include <vector>

#include "sync/server/service/access.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {

/// What one device's request for healing asks of the writer: reports go to the audit, ranges that are to be
/// fetched are compared with the log and put right, and the feeds asked about are counted again. Content that
/// cannot be read, or a scope the worker does not hold, is left aside.
[[nodiscard]] Status heal_own(store::Writer& writer, const store::DeviceRow& device, const Access& access,
                              const wire::ExchangeRequest& request, WallMs now_ms);
/// The answer to `asked`, of the same snapshot as the answer's digests: at most about `bytes_max` of states,
/// and as much again of the changes they show.
[[nodiscard]] Status tell_ranges(store::Reader& reader, const Access& access,
                                 const wire::ExchangeRequest& request, const wire::HealRequest& asked,
                                 std::size_t bytes_max, wire::ExchangeAnswer& answer);

}  // namespace lianxin::sync::server
