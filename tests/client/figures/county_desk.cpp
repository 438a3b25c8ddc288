#include "tests/client/figures/county_desk.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace lianxin::test {

CountyDesk::CountyDesk() {
  county = unit("county", "靖宇县", {});
  east = unit("township", "三合镇", county);
  west = unit("township", "白山镇", county);
  sanhe = unit("village", "三合村", east);
  linhe = unit("village", "临河村", east);
  baishan = unit("village", "白山村", west);
  std::vector<cs::HeldScope> held = {{Id{}, "", "", {0, 1}}};
  for (const Id& id : {county, east, west, sanhe, linhe, baishan})
    held.push_back({id, id.text(), "", {0, 1, 2, 3, 4}});
  REQUIRE(impl->set_held(held).ok());
}

Id CountyDesk::add(const std::string& kind, const Fields& fields) {
  if (kind != "points_entry") return put(kind, Id{}, fields).records.front();
  // One person proposed and approved them elsewhere: taken over as they stood.
  clock.advance(1000);
  client::store::Edit taken = edit(kind, Id{}, fields);
  taken.cause.kind = sync::change::CauseKind::kImport;
  const auto saved = records.save({taken});
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
  return saved->records.front();
}

Id CountyDesk::unit(const std::string& kind, const std::string& name, const Id& parent, const Fields& more) {
  Fields fields = {{"kind", kind}, {"name", name}, {"from", "2000-01-01"}};
  if (!parent.is_nil()) fields.emplace_back("parent_id", parent.text());
  fields.insert(fields.end(), more.begin(), more.end());
  return add("org_unit", fields);
}

Id CountyDesk::mobile_member(const std::string& name, const Id& home, const Fields& episode) {
  const Id member = add("member", {{"name", name}, {"home_village_id", home.text()}});
  Fields fields = {{"member_id", member.text()}, {"direction", "out"}, {"state", "out"}};
  bool has_day = false;
  for (const auto& field : episode) {
    has_day = has_day || field.first == "left_on";
    fields.push_back(field);
  }
  if (!has_day) fields.emplace_back("left_on", "2025-01-10");
  add("mobility_episode", fields);
  return member;
}

Id CountyDesk::visit(const Fields& fields) {
  Fields all = {{"occurred_on", "2026-05-04"}, {"mode", "door"}, {"outcome", "met"}};
  for (const auto& field : fields) {
    const auto given =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == field.first; });
    if (given != all.end() && !field.first.ends_with('+'))
      given->second = field.second;
    else
      all.push_back(field);
  }
  return add("visit", all);
}

figures::Figure CountyDesk::figure(int row, const Id& scope, const std::string& as_of,
                                   const std::string& from, bool current_divisions) {
  auto ledger = figures::Ledger::open(*database, {scope.is_nil() ? county : scope, *Date::parse(from),
                                                  *Date::parse(as_of), current_divisions});
  if (!ledger.ok()) FAIL(ledger.error().code << " " << ledger.error().detail);
  auto found = figures::figure(*ledger, figures::figure_definitions()[static_cast<std::size_t>(row - 1)]);
  if (!found.ok()) FAIL(found.error().code << " " << found.error().detail);
  return *std::move(found);
}

std::int64_t CountyDesk::number(int row, const Id& scope, const std::string& as_of, const std::string& from) {
  return figure(row, scope, as_of, from).value.value_or(-1);
}

std::int64_t CountyDesk::part(int row, const std::string& name) {
  for (const figures::Part& one : figure(row).parts) {
    if (one.name == name) return one.value;
  }
  return -1;
}

}  // namespace lianxin::test
