#include "client/store/place_held.hpp"

#include <algorithm>

#include "client/store/unit_line.hpp"

namespace lianxin::client::store {
namespace {

using domain::Kind;
using domain::Problem;
using lianxin::store::Database;

/// A unit as the shelf tells of it; all empty when it does not.
struct Unit {
  std::string name;
  Id parent;
};

Id id_or_none(const std::string& text) {
  const auto id = Id::parse(text);
  return id.ok() ? *id : Id();
}

Result<Unit> unit_of(Database& database, const Id& id) {
  auto select = database.prepare(
      "SELECT ifnull(name, ifnull(code, '')), ifnull(parent_id, '') FROM k_org_unit WHERE r_id = ?");
  LX_TRY(const bool found, select.bind(1, id).step());
  if (!found) return Unit{};
  return Unit{select.text(0), id_or_none(select.text(1))};
}

/// Also of what went up in another unit: the server takes it for that one.
Result<bool> is_held(Database& database, const Id& place) {
  LX_TRY(const std::vector<Id> line, unit_line(database, place));
  for (const Id& unit : line) {
    auto held = database.prepare("SELECT 1 FROM held WHERE scope = ?");
    LX_TRY(const bool found, held.bind(1, unit).step());
    if (found) return true;
  }
  return false;
}

Result<bool> was_told_its_places(Database& database) {
  auto any =
      database.prepare("SELECT 1 FROM held WHERE scope <> x'00000000000000000000000000000000' LIMIT 1");
  return any.step();
}

/// The field that says where such a record lives.
std::string field_of_place(const Kind& kind) {
  if (kind.scope_rule == domain::ScopeRule::kParent && !kind.parent_fields.empty())
    return kind.parent_fields.front();
  if (!kind.scope_field.empty()) return kind.scope_field;
  return kind.fields.front().name;
}

std::string place_in(const Problem& problem) {
  const auto place = std::find_if(problem.args.begin(), problem.args.end(),
                                  [](const ErrorArg& arg) { return arg.name == "place"; });
  return place == problem.args.end() ? std::string() : place->value;
}

Problem said(const Kind& kind, std::string code, std::vector<ErrorArg> args = {}) {
  const std::string field = field_of_place(kind);
  args.insert(args.begin(), {"field", field});
  return {field, std::move(code), std::move(args), false};
}

}  // namespace

Result<std::optional<Problem>> told_of_place(RecordsImpl& records, Rights& rights, const Kind& kind,
                                             const Id& place, bool is_new_member) {
  Database& database = records.database();
  const std::optional<Problem> nothing;
  LX_TRY(const bool is_told, was_told_its_places(database));
  if (!is_told) return nothing;
  if (kind.scope_rule == domain::ScopeRule::kShelf) {
    LX_TRY(const bool keeps, rights.may(domain::EditRole::kCounty, Id()));
    return keeps ? nothing : std::optional(said(kind, "place_shelf"));
  }
  if (place.is_nil()) return nothing;
  LX_TRY(const bool held, is_held(database, place));
  if (held) return nothing;
  LX_TRY(const Unit unit, unit_of(database, place));
  const std::string name = unit.name.empty() ? place.text() : unit.name;
  if (is_new_member) return std::optional(said(kind, "place_of_others_member", {{"place", name}}));
  LX_TRY(const Unit office, unit_of(database, unit.parent));
  if (office.name.empty()) return std::optional(said(kind, "place_of_others_county", {{"place", name}}));
  return std::optional(said(kind, "place_of_others", {{"place", name}, {"office", office.name}}));
}

Status PlacesTold::look_at(const EditPlan& plan, std::vector<Problem>& problems) {
  const Kind* kind = records_.catalogue().kind(plan.box.shown.kind);
  if (kind == nullptr || plan.writes.empty()) return {};
  const bool is_new_member = kind->name == "member" && !plan.box.is_known;
  if (is_new_member) new_members_.insert(plan.box.base.record);
  if (new_members_.count(plan.box.shown.parent) > 0 && !plan.box.is_known) return {};
  LX_TRY(const Id place, records_.scope_seen(plan.box, plan.scope));
  LX_TRY(auto problem, told_of_place(records_, rights_, *kind, place, is_new_member));
  if (!problem) return {};
  const bool is_said = std::any_of(problems.begin(), problems.end(), [&](const Problem& other) {
    return other.code == problem->code && place_in(other) == place_in(*problem);
  });
  if (!is_said) problems.push_back(std::move(*problem));
  return {};
}

Result<std::optional<Problem>> Records::told_of_place(std::string_view kind_name, const Id& place) {
  const Kind* kind = impl_.catalogue().kind(kind_name);
  if (kind == nullptr) return std::optional<Problem>();
  Rights rights(impl_.database(), impl_.clock());
  return store::told_of_place(impl_, rights, *kind, place, false);
}

}  // namespace lianxin::client::store
