#include "sync/server/service/moves.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "sync/change/hlc.hpp"
#include "sync/merge/dump_line.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/grants.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/own_changes.hpp"
#include "sync/server/service/standing.hpp"

namespace lianxin::sync::server {
namespace {

/// Kind by record, of everything in a scope.
using Contents = std::map<Id, std::uint16_t>;

Result<Contents> contents_of(store::Reader& reader, const Id& scope) {
  Contents out;
  LX_TRY(const auto ids, reader.records_in(scope));
  for (const Id& id : ids) {
    LX_TRY(const auto row, reader.record(id));
    if (row) out.emplace(id, row->kind);
  }
  return out;
}

/// The units its own fields name; where they name none, those it is filed in. A record that is said to be the
/// same adds its own to where it stands, not to what it says.
Result<std::set<Id>> own_units(Workspace& workspace, const store::RecordRow& row,
                               const domain::Field& field) {
  std::set<Id> out;
  LX_TRY(const merge::RecordState* state, workspace.state_of(row.id));
  const auto named = state == nullptr ? std::vector<Id>{} : references_in(*state, field);
  for (const Id& unit : named) {
    LX_TRY(const Id present, workspace.present_unit(unit));
    out.insert(present);
  }
  if (out.empty()) out.insert(row.scopes.begin(), row.scopes.end());
  return out;
}

/// Whether a profile is about a quarter or a month that was over on the day: it stays with the unit it was
/// handed in for, as a fact does.
bool is_of_the_past(const merge::RecordState& state, const domain::Kind& kind, const Date& on) {
  const std::string month = on.text().substr(0, 7);
  const std::string quarter = std::to_string(on.year) + "Q" + std::to_string((on.month + 2) / 3);
  return std::any_of(kind.fields.begin(), kind.fields.end(), [&](const domain::Field& field) {
    if (field.check != "month" && field.check != "quarter") return false;
    const std::string said = shown_text(state, kind, field.name);
    return !said.empty() && said < (field.check == "month" ? month : quarter);
  });
}

/// The sides of a move between scopes.
class Sides {
 public:
  Sides(store::Reader& reader, const domain::Catalogue& catalogue, const std::vector<Id>& from,
        const Id& into)
      : reader_(reader), catalogue_(catalogue) {
    for (const Id& scope : from)
      from_.push_back({scope, {}, {}});
    into_.scope = into;
  }

  [[nodiscard]] Status before() {
    for (Side& side : from_) {
      LX_TRY(side.before, contents_of(reader_, side.scope));
      leaving_.insert(side.before.begin(), side.before.end());
    }
    LX_TRY(into_.before, contents_of(reader_, into_.scope));
    return {};
  }
  [[nodiscard]] const Contents& leaving() const { return leaving_; }
  [[nodiscard]] bool comes_to_nothing() const { return into_.before.empty(); }

  /// Counts, and proves that nothing fell between the sides. A village that ends is left whatever it held;
  /// else those that something went from, or, where a record of the same person keeps all there, every one.
  [[nodiscard]] Status after(bool all_end, Moved& moved) {
    for (Side& side : from_) {
      LX_TRY(side.after, contents_of(reader_, side.scope));
    }
    LX_TRY(into_.after, contents_of(reader_, into_.scope));
    LX_TRY(const Contents went, proved());
    for (const auto& [id, kind] : went)
      ++moved.kinds[name_of(kind)].moved;
    moved.moved = went.size();
    const bool all =
        all_end || std::none_of(from_.begin(), from_.end(), [](const Side& side) { return side.is_left(); });
    Contents from_before;
    Contents from_after;
    for (const Side& side : from_) {
      LX_DO(tell(side, moved));
      if (!all && !side.is_left()) continue;
      from_before.insert(side.before.begin(), side.before.end());
      from_after.insert(side.after.begin(), side.after.end());
      moved.from.push_back(moved.sides.back().code);
    }
    LX_DO(tell(into_, moved));
    moved.into = moved.sides.back().code;
    count(from_before, &MovedKind::from_before, moved);
    count(from_after, &MovedKind::from_after, moved);
    count(into_.before, &MovedKind::into_before, moved);
    count(into_.after, &MovedKind::into_after, moved);
    return {};
  }

 private:
  struct Side {
    Id scope;
    Contents before;
    Contents after;
    [[nodiscard]] bool is_left() const {
      return std::any_of(before.begin(), before.end(),
                         [&](const auto& one) { return after.count(one.first) == 0; });
    }
  };
  [[nodiscard]] std::string name_of(std::uint16_t kind) const { return merge::dump_kind(catalogue_, kind); }
  void count(const Contents& contents, std::uint64_t MovedKind::*counter, Moved& moved) const {
    for (const auto& [id, kind] : contents)
      ++(moved.kinds[name_of(kind)].*counter);
  }
  [[nodiscard]] Result<Contents> proved() const;
  [[nodiscard]] Status tell(const Side& side, Moved& moved) const;

  store::Reader& reader_;
  const domain::Catalogue& catalogue_;
  std::vector<Side> from_;
  Side into_;
  Contents leaving_;
};

/// What left a side, or came to the new one.
Result<Contents> Sides::proved() const {
  Contents went;
  for (const Side& side : from_) {
    for (const auto& [id, kind] : side.before) {
      if (side.after.count(id) > 0) continue;
      if (into_.after.count(id) == 0) return fail("move.unequal", {{"id", id.text()}});
      went.emplace(id, kind);
    }
  }
  for (const auto& [id, kind] : into_.before) {
    if (into_.after.count(id) == 0) return fail("move.unequal", {{"id", id.text()}});
  }
  for (const auto& [id, kind] : into_.after) {
    if (into_.before.count(id) > 0) continue;
    if (leaving_.count(id) == 0) return fail("move.unequal", {{"id", id.text()}});
    went.emplace(id, kind);
  }
  return went;
}

Status Sides::tell(const Side& side, Moved& moved) const {
  LX_TRY(const auto unit, reader_.unit(side.scope));
  MovedSide told{
      unit ? unit->code : side.scope.text(), unit ? unit->name : std::string(), side.is_left(), {}};
  for (const auto& [id, kind] : side.before)
    ++told.kinds[name_of(kind)].before;
  for (const auto& [id, kind] : side.after)
    ++told.kinds[name_of(kind)].after;
  moved.sides.push_back(std::move(told));
  return {};
}

Result<store::UnitRow> unit_of_code(store::Reader& reader, std::string_view code) {
  LX_TRY(auto unit, reader.unit_by_code(code));
  if (!unit) return fail("division.unknown", {{"code", std::string(code)}});
  return std::move(*unit);
}

/// No village's table would list a member who stands there.
bool is_office(const store::UnitRow& unit) {
  return unit.level == "county" || unit.level == "township" || unit.level == "street";
}

/// Came into the list by a later import. Ids begin with their time (UUIDv7), all of an import with the same.
bool came_later(const Id& one, const Id& other) {
  constexpr std::ptrdiff_t kTimeOctets = 6;
  return std::lexicographical_compare(other.octets.begin(), other.octets.begin() + kTimeOctets,
                                      one.octets.begin(), one.octets.begin() + kTimeOctets);
}

/// One merge of divisions under way.
class Merge {
 public:
  Merge(store::Writer& writer, const domain::Catalogue& catalogue, OwnChanges& own,
        const store::UnitRow& into, const Date& on, WallMs now_ms)
      : writer_(writer), catalogue_(catalogue), own_(own), into_(into), on_(on), now_ms_(now_ms) {}

  [[nodiscard]] Status unit(const store::UnitRow& from);
  [[nodiscard]] Status begin();
  [[nodiscard]] Status records(const std::vector<Id>& from, const Contents& leaving);
  [[nodiscard]] Result<std::uint64_t> grants(const std::vector<Id>& from);
  [[nodiscard]] Status workers(const std::vector<Id>& from);

 private:
  store::Writer& writer_;
  const domain::Catalogue& catalogue_;
  OwnChanges& own_;
  const store::UnitRow& into_;
  Date on_;
  WallMs now_ms_;
};

/// Ends the division, names its successor, hangs what is below it there.
Status Merge::unit(const store::UnitRow& from) {
  LX_TRY(const auto below, writer_.units_under(from.id));
  for (const store::UnitRow& unit : below) {
    if (unit.parent == from.id) LX_DO(own_.write("org_unit", unit.id, {{"parent_id", into_.id.text()}}));
  }
  LX_TRY(const merge::RecordState* state, own_.workspace().state_of(from.id));
  const domain::Kind& kind = *catalogue_.kind("org_unit");
  if (state != nullptr && !elements_in(*state, *kind.field("merged_into")).empty())
    return {};  // on an earlier day
  std::vector<FieldValue> values{{"merged_into", "1", into_.id.text()}};
  const std::string last = on_.plus_days(-1).text();
  const std::string known = state == nullptr ? std::string() : shown_text(*state, kind, "to");
  if (known.empty() || known > last) values.push_back({"to", last});
  return own_.write("org_unit", from.id, values);
}

/// A division that came into the list later, held nothing and says no first day is the new name of those that
/// go up in it: it was never beside them.
Status Merge::begin() {
  LX_TRY(const merge::RecordState* state, own_.workspace().state_of(into_.id));
  if (state == nullptr || !shown_text(*state, *catalogue_.kind("org_unit"), "from").empty()) return {};
  return own_.write("org_unit", into_.id, {{"from", on_.text()}});
}

/// Where a profile stood and when that was said, where its kind keeps it: the new place is written over it.
/// Of what an earlier merger wrote it is what that one kept.
std::vector<FieldValue> place_before(const merge::RecordState& state, const domain::Kind& kind,
                                     const domain::Field& place, const std::vector<Id>& named) {
  const domain::Field* former = kind.field("former_villages");
  const domain::Field* said_at = kind.field("village_said_at");
  const merge::Register* now = state.find(place.wire);
  if (former == nullptr || said_at == nullptr || now == nullptr) return {};
  std::vector<FieldValue> values;
  values.reserve(named.size() + 2);
  for (const Id& unit : named)
    values.push_back({former->name, "1", unit.text()});
  const merge::Register* kept = state.find(said_at->wire);
  WallMs at = 0;
  std::optional<std::string> before;
  for (const merge::Head& head : now->heads) {
    if (const merge::HeadMeta* meta = state.meta(head.id)) at = std::max(at, change::hlc_ms(meta->hlc));
    if (kept == nullptr) continue;
    for (const merge::Head& one : kept->heads) {
      if (one.id == head.id) before = one.value;
    }
  }
  values.push_back({said_at->name, before.value_or(std::to_string(at))});
  return values;
}

/// Profiles say their new place; a fact keeps the unit it was done in and is filed with its successor, and so
/// is what was handed in for a quarter or a month before.
Status Merge::records(const std::vector<Id>& from, const Contents& leaving) {
  const std::set<Id> ended(from.begin(), from.end());
  for (const auto& [id, wire] : leaving) {
    const domain::Kind* kind = catalogue_.kind(wire);
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(kind->scope_field);
    LX_TRY(const merge::RecordState* state, own_.workspace().state_of(id));
    if (state == nullptr) continue;
    const bool hangs =
        kind != nullptr && kind->scope_rule == domain::ScopeRule::kParent && !state->parent.is_nil();
    if (field != nullptr && !kind->is_fact && !hangs && !is_of_the_past(*state, *kind, on_)) {
      const std::vector<Id> named = references_in(*state, *field);
      const bool says_so = !named.empty() && std::all_of(named.begin(), named.end(),
                                                         [&](const Id& one) { return ended.count(one) > 0; });
      if (says_so) {
        std::vector<FieldValue> values = place_before(*state, *kind, *field, named);
        values.push_back({field->name, into_.id.text()});
        LX_DO(own_.write(kind->name, id, values));
        continue;
      }
    }
    LX_DO(own_.workspace().place_again(id, own_.last()));
  }
  return {};
}

Result<std::uint64_t> Merge::grants(const std::vector<Id>& from) {
  std::uint64_t passed = 0;
  LX_TRY(const auto workers, writer_.records_of_kind(catalogue_.kind("worker")->wire));
  for (const Id& worker : workers) {
    LX_TRY(const auto grants, writer_.grants(worker));
    for (const store::GrantRow& grant : grants) {
      if (std::find(from.begin(), from.end(), grant.division) == from.end()) continue;
      LX_TRY(const bool went, pass_grant(writer_, own_, grant, {worker, into_.id, on_}, now_ms_));
      passed += went ? 1U : 0U;
    }
  }
  return passed;
}

Status Merge::workers(const std::vector<Id>& from) {
  const domain::Kind& kind = *catalogue_.kind("worker");
  LX_TRY(const auto workers, writer_.records_of_kind(kind.wire));
  for (const Id& worker : workers) {
    LX_TRY(const merge::RecordState* state, own_.workspace().state_of(worker));
    if (state == nullptr || !shown_text(*state, kind, "to").empty()) continue;
    const auto unit = Id::parse(shown_text(*state, kind, "org_id"));
    if (unit.ok() && std::find(from.begin(), from.end(), *unit) != from.end())
      LX_DO(own_.write("worker", worker, {{"org_id", into_.id.text()}}));
  }
  return {};
}

}  // namespace

Result<Moved> Moves::hand_over(const Id& record, std::string_view into_code, bool preview) {
  const WallMs now = clock_.now_ms();
  LX_TRY(const auto writer, store_.write());
  LX_TRY(const store::UnitRow into, unit_of_code(*writer, into_code));
  LX_TRY(const auto row, writer->record(record));
  if (!row) return fail("handover.unknown", {{"id", record.text()}});
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, catalogue_, county_, now));
  LX_DO(must_take_records(*writer, own.workspace(), catalogue_, into, Date::of(now)));
  const domain::Kind* kind = catalogue_.kind(row->kind);
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(kind->scope_field);
  if (!row->parent.is_nil() && (field == nullptr || kind->scope_rule == domain::ScopeRule::kParent))
    return fail("handover.hangs", {{"id", record.text()}, {"parent", row->parent.text()}});
  if (field == nullptr) return fail("handover.shelf", {{"id", record.text()}});
  LX_TRY(const std::set<Id> units, own_units(own.workspace(), *row, *field));
  if (units == std::set<Id>{into.id})
    return fail("handover.there", {{"id", record.text()}, {"name", into.name}, {"scope", into.code}});
  if (kind->name == "member" && is_office(into))
    return fail("handover.level", {{"name", into.name}, {"scope", into.code}});
  Moved moved;
  std::vector<Id> from = row->scopes;
  from.erase(std::remove(from.begin(), from.end(), into.id), from.end());
  Sides sides(*writer, catalogue_, from, into.id);
  LX_DO(sides.before());
  LX_DO(own.write(kind->name, record, {{field->name, into.id.text()}}));
  LX_DO(own.finish());
  LX_DO(sides.after(false, moved));
  if (preview) return moved;
  LX_DO(writer->append_audit(audit_row(now, kByAdministrator, "handover", record,
                                       {{"into", into.code}, {"count", std::to_string(moved.moved)}})));
  LX_DO(writer->commit());
  return moved;
}

Result<Moved> Moves::merge_divisions(const std::vector<std::string>& codes, std::string_view into_code,
                                     const Date& on, bool preview) {
  const WallMs now = clock_.now_ms();
  if (!preview) LX_DO(must_have_come(on, now));  // looking ahead is allowed
  LX_TRY(const auto writer, store_.write());
  LX_TRY(const store::UnitRow into, unit_of_code(*writer, into_code));
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, catalogue_, county_, now));
  if (const Status stands = must_take_records(*writer, own.workspace(), catalogue_, into, on); !stands.ok()) {
    const bool is_gone = stands.error().code == "division.gone" || stands.error().code == "division.ended";
    return is_gone ? fail("merge.gone", {{"code", into.code}}) : stands.error();
  }
  std::vector<store::UnitRow> units;
  std::vector<Id> from;
  Moved moved;
  for (const std::string& code : codes) {
    LX_TRY(store::UnitRow unit, unit_of_code(*writer, code));
    if (unit.id == into.id) return fail("merge.self", {{"code", code}});
    if (unit.level != into.level) return fail("merge.level", {{"code", code}});
    LX_TRY(const Id present, own.workspace().present_unit(unit.id));
    if (present != unit.id && present != into.id) return fail("merge.gone", {{"code", code}});
    from.push_back(unit.id);
    units.push_back(std::move(unit));
  }
  Sides sides(*writer, catalogue_, from, into.id);
  LX_DO(sides.before());
  Merge merge(*writer, catalogue_, own, into, on, now);
  for (const store::UnitRow& unit : units)
    LX_DO(merge.unit(unit));
  const bool is_new =
      std::all_of(from.begin(), from.end(), [&](const Id& one) { return came_later(into.id, one); });
  if (sides.comes_to_nothing() && is_new) LX_DO(merge.begin());
  LX_DO(merge.records(from, sides.leaving()));
  LX_DO(merge.workers(from));
  LX_TRY(moved.grants, merge.grants(from));
  LX_DO(own.finish());
  LX_DO(sides.after(true, moved));
  if (preview) return moved;
  for (const store::UnitRow& unit : units)
    LX_DO(writer->append_audit(audit_row(now, kByAdministrator, "division.merge", unit.id,
                                         {{"from", unit.code},
                                          {"into", into.code},
                                          {"date", on.text()},
                                          {"count", std::to_string(moved.moved)}})));
  LX_DO(writer->commit());
  return moved;
}

}  // namespace lianxin::sync::server
