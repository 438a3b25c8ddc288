#include "sync/server/service/grants.hpp"

#include <algorithm>

#include "sync/server/service/worker_cards.hpp"

namespace lianxin::sync::server {

Result<bool> pass_grant(store::Writer& writer, OwnChanges& own, store::GrantRow grant,
                        const NewHolder& holder, WallMs now_ms) {
  const std::string day = holder.on.text();
  if (!grant.to.empty() && grant.to < day) return false;
  store::GrantRow next = grant;
  next.id = Id::make(now_ms);
  next.worker = holder.worker;
  next.division = holder.division;
  next.from = std::max(grant.from, day);
  LX_TRY(const auto there, writer.grants(holder.worker));
  const bool has_it = std::any_of(there.begin(), there.end(), [&](const store::GrantRow& one) {
    return one.id != grant.id && one.division == next.division && one.role == next.role &&
           one.from <= next.from && (one.to.empty() || (!next.to.empty() && next.to <= one.to));
  });
  if (!has_it) {
    LX_DO(writer.put_grant(next));
    LX_TRY(const std::string over, first_day_without(next));
    LX_DO(write_role(own, next, over));
  }
  grant.to = holder.on.plus_days(-1).text();
  LX_DO(writer.put_grant(grant));
  LX_DO(write_role(own, grant, std::max(grant.from, day)));  // one that had not begun was never his
  return true;
}

Status must_have_come(const Date& on, WallMs now_ms) {
  if (Date::of(now_ms).text() < on.text()) return fail("move.future", {{"on", on.text()}});
  return {};
}

}  // namespace lianxin::sync::server
