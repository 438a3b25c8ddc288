#include "client/store/gone_members.hpp"

#include <algorithm>

#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::client::store {
namespace {

struct Gone {
  std::string standing;
  std::string since;     ///< date
  bool is_said = false;  ///< by a person; else it is the day of a clock, which may be wrong
};

/// A value as the plan will leave it.
std::string planned(const EditPlan& plan, const RecordShown* before, const domain::Kind& kind,
                    std::string_view field) {
  const domain::Field* known = kind.field(field);
  for (const NewWrite& write : plan.writes) {
    if (known != nullptr && write.field == known->wire) return write.value.value_or("");
  }
  return before != nullptr ? before->value(std::string(field)) : std::string();
}

bool writes(const EditPlan& plan, const domain::Kind& kind, std::string_view field) {
  const domain::Field* known = kind.field(field);
  return std::any_of(plan.writes.begin(), plan.writes.end(),
                     [&](const NewWrite& write) { return known != nullptr && write.field == known->wire; });
}

Result<std::string> death_in_outflow(lianxin::store::Database& database, const Id& member) {
  auto select = database.prepare(
      "SELECT min(o.returned_on) FROM record r JOIN k_mobility_episode o ON o.r_id = r.id WHERE r.parent = ? "
      "AND r.parent != x'00000000000000000000000000000000' AND o.r_flags & 3 = 0 AND o.end_kind = 'died' AND "
      "length(o.returned_on) = 10");
  LX_TRY(const bool found, select.bind(1, member).step());
  return found ? select.text(0) : std::string();
}

/// Of all records that are this person.
Result<std::optional<Gone>> gone(Records& records, lianxin::store::Database& database, const Id& member) {
  std::vector<Id> same{member};
  LX_TRY(const auto shown, records.get(member));
  if (shown && !shown->cluster.empty()) same = shown->cluster;
  for (const Id& one : same) {
    LX_TRY(const auto person, records.get(one));
    if (!person) continue;
    LX_TRY(const std::string death, death_in_outflow(database, one));
    const bool is_gone = !is_looked_after(person->value("standing"));
    if (!is_gone && !death.empty()) return std::optional(Gone{"deceased", death, true});
    if (!is_gone) continue;
    const auto standing = person->fields.find("standing");
    Gone out{standing->second.value, "", true};
    if (out.standing == "deceased") out.since = death;
    if (out.since.empty()) out.since = standing->second.confirmed_on;
    if (out.since.empty()) out = {out.standing, Date::of(standing->second.effective_ms).text(), false};
    return std::optional(std::move(out));
  }
  return std::optional<Gone>();
}

/// The last day that was said of the field knowing all that stands there; nullopt = nobody said one.
std::optional<Date> said_day(const sync::merge::ClassState& state, const domain::Field& field) {
  const auto value = state.registers.find({field.wire, ""});
  const auto mark = state.registers.find({domain::kFieldConfirmed, field.name});
  if (value == state.registers.end() || mark == state.registers.end()) return std::nullopt;
  std::optional<Date> out;
  for (const sync::merge::Head& said : mark->second.heads) {
    const auto& heads = value->second.heads;
    const bool knows = std::all_of(heads.begin(), heads.end(), [&](const sync::merge::Head& one) {
      return std::binary_search(said.group_seen.begin(), said.group_seen.end(), one.id);
    });
    const auto day = Date::parse(said.value.value_or(""));
    if (knows && day.ok() && (!out || *out < *day)) out = *day;
  }
  return out;
}

}  // namespace

Result<std::vector<GoneSince>> said_gone(lianxin::store::Database& database) {
  const domain::Field& standing = *domain::Catalogue::base().kind("member")->field("standing");
  auto select = database.prepare(
      "SELECT s.record, ifnull(s.shown, s.base) FROM k_member m CROSS JOIN class_state s WHERE s.record = "
      "m.r_id AND m.standing IN ('expelled', 'left', 'deceased', 'transferred') ORDER BY m.r_id");
  std::vector<GoneSince> out;
  LX_DO(lianxin::store::each_row(select, [&]() -> Status {
    const Bytes bytes = select.blob(1);
    if (bytes.empty()) return {};
    LX_TRY(const auto state, sync::merge::decode_class_state(bytes));
    if (const auto day = said_day(state, standing)) out.push_back({select.id(0), *day});
    return {};
  }));
  return out;
}

bool is_looked_after(std::string_view standing) {
  return standing != "expelled" && standing != "left" && standing != "deceased" && standing != "transferred";
}

Status check_recipient(Records& records, lianxin::store::Database& database, const domain::Kind& kind,
                       const Date& today, EditPlan& plan) {
  if (kind.name != "delivery") return {};
  std::optional<RecordShown> before;
  if (plan.box.is_known) {
    LX_TRY(before, records.get(plan.box.base.record));
  }
  const RecordShown* shown = before ? &*before : nullptr;
  const bool is_asked =
      shown == nullptr || writes(plan, kind, "member_id") || writes(plan, kind, "dispatched_on") ||
      (writes(plan, kind, "received_on") && planned(plan, shown, kind, "dispatched_on").empty());
  if (!is_asked) return {};
  const auto member = Id::parse(planned(plan, shown, kind, "member_id"));
  if (!member.ok()) return {};
  LX_TRY(const auto found, gone(records, database, *member));
  if (!found) return {};
  std::string day = planned(plan, shown, kind, "dispatched_on");
  std::string field = "dispatched_on";
  if (day.empty()) {
    day = planned(plan, shown, kind, "received_on");
    if (!day.empty()) field = "received_on";
  }
  if (day.empty()) day = today.text();
  if (day <= found->since) return {};
  const bool died = found->standing == "deceased";
  plan.problems.insert(plan.problems.begin(), {field,
                                               died ? "recipient_deceased" : "recipient_left",
                                               {{"field", field}, {"on", found->since}},
                                               found->is_said});
  return {};
}

}  // namespace lianxin::client::store
