#include "sync/server/service/server_clock.hpp"

#include <algorithm>
#include <ctime>

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

WallMs passed_ms() {
  timespec passed{};
  clock_gettime(CLOCK_BOOTTIME, &passed);
  return WallMs{passed.tv_sec} * 1000 + passed.tv_nsec / 1'000'000;
}

Status ClockWatch::check(WallMs now_ms, WallMs passed_ms) const {
  const WallMs right = began_ms_ + passed_ms;
  if (right - kClockBehindMs <= now_ms && now_ms <= right + kClockBehindMs) return {};
  return fail("server.clock_jumped", {{"now", Date::of(now_ms).text()}, {"right", Date::of(right).text()}});
}

}  // namespace lianxin::sync::server
