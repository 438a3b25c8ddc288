#include "client/figures/undecided.hpp"

#include <algorithm>
#include <set>

#include "client/figures/units.hpp"
#include "client/store/work_queries.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::figures {
namespace {

constexpr std::size_t kPairsMax = 1000;
constexpr std::size_t kNamed = 5;
constexpr int kLevelsMax = 20;

Result<bool> is_below(lianxin::store::Database& database, Id scope, const Id& unit) {
  if (unit.is_nil()) return true;
  for (int level = 0; level < kLevelsMax && !scope.is_nil(); ++level) {
    if (scope == unit) return true;
    LX_TRY(const auto found, figures::unit(database, scope));
    if (!found) return false;
    const auto parent = Id::parse(found->parent);
    scope = parent.ok() ? *parent : Id{};
  }
  return false;
}

/// Whom a visit or a delivery is about.
Id member_of(const store::RecordShown& record) {
  const auto members = record.fields.find("members");
  const bool is_set = members != record.fields.end() && !members->second.elements.empty();
  const auto id = Id::parse(is_set ? members->second.elements.front() : record.value("member_id"));
  return id.ok() ? *id : Id{};
}

Result<std::string> name_of(lianxin::store::Database& database, const store::RecordShown& record) {
  if (record.kind == "member") {
    LX_TRY(const std::string place, store::name_of(database, "org_unit", record.scope));
    return record.value("name") + (place.empty() ? "" : " (" + place + ")");
  }
  LX_TRY(const std::string name, store::name_of(database, "member", member_of(record)));
  const std::string day = record.value(record.kind == "visit" ? "occurred_on" : "dispatched_on");
  return name + " " + (day.empty() ? record.value("received_on") : day);
}

}  // namespace

Result<std::vector<Undecided>> undecided(store::Records& records, lianxin::store::Database& database,
                                         const Id& unit) {
  LX_TRY(const store::Twins twins, records.twins(kPairsMax));
  std::vector<Undecided> out;
  for (const store::TwinPair& pair : twins.pairs) {
    LX_TRY(const auto one, records.get(pair.one));
    LX_TRY(const auto other, records.get(pair.other));
    if (!one || !other) continue;
    LX_TRY(const bool is_here, is_below(database, one->scope, unit));
    LX_TRY(const bool is_other_here, is_below(database, other->scope, unit));
    if (!is_here && !is_other_here) continue;
    Undecided undecided{pair.kind, pair.one, pair.other, one->scope, other->scope, {}};
    LX_TRY(undecided.names, name_of(database, *one));
    LX_TRY(const std::string name, name_of(database, *other));
    if (name != undecided.names) undecided.names += " / " + name;
    out.push_back(std::move(undecided));
  }
  return out;
}

std::vector<Undecided> undecided_in(const Figure& figure, const std::vector<Undecided>& all) {
  std::vector<Undecided> out;
  if (all.empty()) return out;
  std::set<std::string_view> counted;
  for (const Counted& one : figure.counted)
    counted.insert(one.record);
  for (const Undecided& pair : all) {
    if (counted.count(pair.one.text()) + counted.count(pair.other.text()) > 0) out.push_back(pair);
  }
  return out;
}

std::string undecided_words(const std::vector<Undecided>& some, const Messages& messages) {
  if (some.empty()) return "";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(some.size(), kNamed); ++i)
    names.push_back(some[i].names);
  const char* key = some.size() > kNamed ? "figures.undecided_first" : "figures.undecided";
  return messages.get(key, {{"count", std::to_string(some.size())},
                            {"names", join(names, messages.get("form.list_separator"))}});
}

}  // namespace lianxin::client::figures
