#include "client/app/roster_villages.hpp"

#include <algorithm>
#include <set>

#include "client/import/village_name.hpp"
#include "client/store/list_value.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

std::string plain(std::string_view text) {
  std::u32string out;
  for (const char32_t c : to_utf32(half_width(text))) {
    if (c > 0x20 && c != 0xA0 && c != 0x200B && c != 0xFEFF) out.push_back(c);
  }
  return to_utf8(out);
}

bool is_village(const RosterUnit& unit) {
  return unit.kind == "village" || unit.kind == "community" || (unit.kind.empty() && unit.code.size() == 12);
}

}  // namespace

RosterVillages::RosterVillages(std::vector<RosterUnit> units) : units_(std::move(units)) {
  for (std::size_t i = 0; i < units_.size(); ++i) {
    if (!is_village(units_[i]) || units_[i].name.empty()) continue;
    const std::string name = plain(units_[i].name);
    by_name_[name].push_back(i);
    by_stem_[import::village_stem(name)].push_back(i);
  }
}

Result<RosterVillages> RosterVillages::of(store::Records& records) {
  LX_TRY(const std::vector<store::HeldScope> scopes, records.scopes());
  store::ListQuery query;
  query.kind = "org_unit";
  LX_TRY(const std::vector<store::ListRow> rows, records.list(query));
  std::vector<RosterUnit> units;
  std::set<Id> held;
  for (const store::HeldScope& scope : scopes) {
    if (!scope.scope.is_nil()) held.insert(scope.scope);
  }
  std::set<Id> known;
  for (const store::ListRow& row : rows) {
    RosterUnit unit{row.id, value_of(row, "code"), value_of(row, "name"), value_of(row, "kind"), {}, false};
    unit.held = held.count(row.id) > 0;
    if (const auto into = Id::parse(value_of(row, "merged_into")); into.ok()) unit.merged_into = *into;
    known.insert(row.id);
    units.push_back(std::move(unit));
  }
  // Before the first sync only the scopes themselves are known.
  for (const store::HeldScope& scope : scopes) {
    if (scope.scope.is_nil() || known.count(scope.scope) > 0) continue;
    units.push_back({scope.scope, scope.code, scope.name, {}, {}, true});
  }
  return RosterVillages(std::move(units));
}

RosterVillages::Found RosterVillages::choose(const std::vector<std::size_t>& candidates) const {
  // Of several with one name, the one this laptop holds is meant.
  std::vector<const RosterUnit*> held;
  for (const std::size_t i : candidates) {
    const RosterUnit* unit = &units_[i];
    if (!unit->merged_into.is_nil()) {
      const auto into = std::find_if(units_.begin(), units_.end(),
                                     [&](const RosterUnit& other) { return other.id == unit->merged_into; });
      if (into != units_.end()) unit = &*into;
    }
    if (unit->held && std::find(held.begin(), held.end(), unit) == held.end()) held.push_back(unit);
  }
  if (held.size() == 1) return {held.front(), {}};
  if (held.size() > 1) return {nullptr, "village_ambiguous"};
  return {&units_[candidates.front()], "village_outside"};
}

RosterVillages::Found RosterVillages::find(std::string_view written) const {
  const std::string name = plain(written);
  if (name.empty()) return {nullptr, "village_missing"};
  if (is_digits(name)) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (units_[i].code == name) found.push_back(i);
    }
    return found.empty() ? Found{nullptr, "village_unknown"} : choose(found);
  }
  if (const auto exact = by_name_.find(name); exact != by_name_.end()) return choose(exact->second);
  if (const auto stem = by_stem_.find(import::village_stem(name)); stem != by_stem_.end())
    return choose(stem->second);
  return {nullptr, "village_unknown"};
}

const RosterUnit* RosterVillages::above(const std::vector<std::string>& codes) const {
  const RosterUnit* best = nullptr;
  for (const RosterUnit& unit : units_) {
    if (!unit.held || unit.code.empty()) continue;
    const bool covers = std::all_of(codes.begin(), codes.end(), [&](const std::string& code) {
      return code.compare(0, unit.code.size(), unit.code) == 0;
    });
    if (covers && (best == nullptr || unit.code.size() > best->code.size())) best = &unit;
  }
  return best;
}

}  // namespace lianxin::client::app
