#include "client/store/clock_offset.hpp"

#include <algorithm>

#include "client/store/change_log.hpp"

namespace lianxin::client::store {
namespace {

constexpr std::int64_t kYearMs = 365LL * 24 * 3600 * 1000;

/// The laptop's clock at the last complete sync; 0 = there was none.
Result<WallMs> synced_at(lianxin::store::Database& database) {
  auto synced = database.prepare("SELECT at_ms FROM past_sync WHERE complete = 1 ORDER BY id DESC LIMIT 1");
  LX_TRY(const bool found, synced.step());
  return found ? synced.integer(0) : WallMs{0};
}

/// The laptop's clock at the last own change; 0 when the server has it: then its clock has measured ours
/// since.
Result<WallMs> written_at(lianxin::store::Database& database, const OwnState& own) {
  if (own.end.counter == 0 || own.end.counter <= own.acknowledged) return WallMs{0};
  LX_TRY(const auto last, ChangeLog(database).find({own.end.replica, own.end.counter}));
  return last ? last->body.wall_ms : WallMs{0};
}

}  // namespace

Result<std::int64_t> clock_offset_now(lianxin::store::Database& database, WallMs now_ms) {
  LX_TRY(const OwnState own, read_own(database));
  LX_TRY(const WallMs synced, synced_at(database));
  const std::int64_t offset = own.clock_offset_ms;
  const WallMs back = synced - now_ms;
  if (back > kClockToleranceMs) {
    // A sync that did not end may have measured it already.
    if (offset < -back / 2) return offset;
    // Ahead, and set right since: how much time has gone by nobody knows, but none that takes it behind.
    if (offset > kClockToleranceMs && back > offset / 2) return std::min<std::int64_t>(offset - back, 0);
    return offset - back;
  }
  // Years behind, and now where the server was: somebody has set it.
  if (offset < -kYearMs && synced > 0 && now_ms >= synced - offset) return std::int64_t{0};
  return offset;
}

Result<std::int64_t> clock_gone_back(lianxin::store::Database& database, WallMs now_ms) {
  LX_TRY(const OwnState own, read_own(database));
  LX_TRY(const WallMs written, written_at(database, own));
  if (written - now_ms <= kClockToleranceMs) return std::int64_t{0};
  LX_TRY(const std::int64_t offset, clock_offset_now(database, now_ms));
  return offset < -kClockToleranceMs ? std::int64_t{0} : written - now_ms;
}

}  // namespace lianxin::client::store
