#include "sync/server/service/server_clock.hpp"

#include <algorithm>

#include "shared/base/date.hpp"

namespace lianxin::sync::server {

Status check_clock(store::Reader& reader, WallMs now_ms) {
  WallMs last = 0;
  LX_TRY(const auto noted, reader.audit({"", Id{}, now_ms + kClockBehindMs}));
  for (const store::AuditRow& row : noted)
    last = std::max(last, row.at_ms);
  LX_TRY(const auto devices, reader.devices());
  for (const store::DeviceRow& device : devices)
    last = std::max(last, device.last_seen_ms);
  if (last <= now_ms + kClockBehindMs) return {};
  return fail("server.clock_behind", {{"now", Date::of(now_ms).text()}, {"last", Date::of(last).text()}});
}

}  // namespace lianxin::sync::server
