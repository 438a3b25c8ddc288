#include "sync/server/service/good_faith.hpp"

#include <algorithm>
#include <string>

#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "sync/server/service/access.hpp"

namespace lianxin::sync::server {
namespace {

/// One statement, as it is kept.
struct Statement {
  std::uint64_t position = 0;
  WallMs at_ms = 0;
  ReplicaId replica;
  std::uint64_t counter = 0;
  template <class A>
  void serialize(A& a) {
    codec::Fixed64 number{replica.number};
    a(position, at_ms, number, counter);
  }
};
struct Statements {
  std::vector<Statement> all;  ///< in the order of coming
  template <class A>
  void serialize(A& a) {
    a(all);
  }
};

std::string name_of(const Id& device, const Id& scope) {
  return "confirmed/" + device.text() + "/" + scope.text();
}

Result<Statements> statements_of(store::Reader& reader, const Id& device, const Id& scope) {
  LX_TRY(const auto kept, reader.meta(name_of(device, scope)));
  if (!kept) return Statements{};
  return codec::decode<Statements>(*kept);
}

}  // namespace

Result<WallMs> scope_confirmed(store::Reader& reader, const Id& device, const Id& scope) {
  LX_TRY(const Statements kept, statements_of(reader, device, scope));
  WallMs latest = 0;
  for (const Statement& one : kept.all) {
    if (one.position == 0) latest = std::max(latest, one.at_ms);
  }
  return latest;
}

Status GoodFaith::note(const wire::Confirmed& confirmed) {
  for (const wire::ConfirmedScope& one : confirmed.scopes) {
    LX_TRY(Statements kept, statements_of(writer_, device_, one.scope));
    const bool known = std::any_of(kept.all.begin(), kept.all.end(), [&](const Statement& before) {
      return before.position == one.position && before.replica == one.replica &&
             before.counter == one.counter;
    });
    if (known) continue;
    kept.all.push_back({one.position, now_ms_, one.replica, one.counter});
    LX_DO(writer_.put_meta(name_of(device_, one.scope), codec::encode(kept)));
  }
  return {};
}

/// A bag changes hands by a change of its keeper.
Result<std::optional<EndedRight>> GoodFaith::store_given_up(const Id& scope) {
  const domain::Kind* kind = domain::Catalogue::base().kind("org_unit");
  const domain::Field* keeper = kind != nullptr ? kind->field("keeper_id") : nullptr;
  LX_TRY(const auto unit, writer_.unit(scope));
  if (keeper == nullptr || !unit || unit->level != "store") return std::optional<EndedRight>();
  LX_TRY(const auto history, writer_.changes_of_record(scope));
  bool was_his = false;
  std::optional<EndedRight> ended;
  for (const store::LogRow& row : history) {
    if (row.status != store::ChangeStatus::kApplied) continue;
    LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
    LX_TRY(const change::ChangeValues values, change::decode_values(row.values, body));
    for (std::size_t i = 0; i < body.writes.size(); ++i) {
      if (body.writes[i].field != keeper->wire) continue;
      const bool is_his = values.values[i].value() == worker_.text();
      if (was_his && !is_his) ended = EndedRight{row.accepted_ms, 0};
      was_his = is_his;
    }
  }
  return ended;
}

Result<std::optional<EndedRight>> GoodFaith::scope_ended(const Id& scope) {
  LX_TRY(std::optional<EndedRight> latest, store_given_up(scope));
  LX_TRY(const auto grants, writer_.grants(worker_));
  for (const store::GrantRow& grant : grants) {
    const auto last_day = Date::parse(grant.to);
    if (!last_day.ok() || is_in_force(grant, Date::of(now_ms_))) continue;
    if (Date::of(now_ms_).text() <= grant.to) continue;  // it has not begun yet
    LX_TRY(const auto units, writer_.units_under(grant.division));
    const bool covered =
        std::any_of(units.begin(), units.end(), [&](const store::UnitRow& unit) { return unit.id == scope; });
    if (!covered) continue;
    // The end of its last day: counted back from today, so that one clock and one zone decide.
    const std::int64_t days = Date::of(now_ms_).day_number() - last_day->day_number();
    const auto role = parse_role(grant.role);
    const EndedRight ended{now_ms_ - WallMs{days} * kDayMs, 0, role.ok() && *role != Role::kWorker};
    if (!latest || latest->at_ms < ended.at_ms) {
      latest = ended;
    } else if (latest->at_ms == ended.at_ms) {
      latest->whole = latest->whole || ended.whole;
    }
  }
  return latest;
}

Result<std::optional<EndedRight>> GoodFaith::record_left(const Id& scope, const Id& record) {
  LX_TRY(const auto turns, writer_.turns_of(record));
  store::FeedRow last;
  for (const auto& [key, turn] : turns) {
    if (key == store::FeedKey{scope, 0, Id{}} && turn.position > last.position) last = turn;
  }
  if (last.kind != store::FeedKind::kEvict) return std::optional<EndedRight>();
  LX_TRY(const auto cause, writer_.change(last.change));
  if (!cause) return fail("store.damaged", {}, "a feed names a change that is not in the log");
  return std::optional(EndedRight{cause->accepted_ms, last.position});
}

/// The statement that first says it was told decides, for each chain that it names: a copied laptop has
/// several that go on, and a laptop begun anew has earlier ones that ended before.
Result<bool> GoodFaith::covers(const ChangeId& change, const Id& scope, const EndedRight& ended) {
  if (now_ms_ > ended.at_ms + kGoodFaithMs) return false;
  LX_TRY(const Statements kept, statements_of(writer_, device_, scope));
  const Statement* first = nullptr;
  for (const Statement& one : kept.all) {
    const bool whole = one.position == 0 && one.at_ms >= ended.at_ms;
    const bool confirms = ended.position == 0 ? whole : whole || one.position >= ended.position;
    if (!confirms) continue;
    if (first == nullptr) first = &one;
    const bool is_of_first = one.position == first->position && one.at_ms == first->at_ms;
    if (is_of_first && change.replica == one.replica) return change.counter <= one.counter;
  }
  return first == nullptr;  // else it has been told, and did not name this chain
}

}  // namespace lianxin::sync::server
