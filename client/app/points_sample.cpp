#include "client/app/points_sample.hpp"

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "assets/assets.hpp"
#include "client/store/list_value.hpp"
#include "client/store/rights.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

/// Columns of the file; "-" = none.
constexpr std::array<std::string_view, 8> kRuleFields{
    "code", "name", "class", "points_tenths", "cap_tenths", "cap_period", "evidence", "evidence_filter"};

store::Edit rule_edit(const std::vector<std::string>& columns, const std::string& from) {
  using Op = store::FieldEdit::Op;
  LX_CHECK(columns.size() == kRuleFields.size(), "the program's own sample of rules is whole");
  store::Edit edit;
  edit.kind = "points_rule";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] != "-") edit.fields.push_back({std::string(kRuleFields[i]), Op::kSet, columns[i]});
  }
  for (const char* open_to : {"backbone", "ordinary", "mobile"})  // special members may be exempt
    edit.fields.push_back({"applies_to", Op::kAdd, open_to});
  edit.fields.push_back({"version", Op::kSet, "1"});
  edit.fields.push_back({"approve_by", Op::kSet, "secretary"});
  edit.fields.push_back({"from", Op::kSet, from});
  return edit;
}

}  // namespace

Result<std::size_t> add_points_sample(store::LaptopStore& store) {
  const domain::Kind& kind = *domain::Catalogue::base().kind("points_rule");
  store::Rights rights(store.database(), store.clock());
  LX_TRY(const bool may, rights.may(domain::EditRoles::base().to_make(kind), Id()));
  if (!may) return fail("points.sample_right");
  LX_TRY(const auto rules, store.records().list({.kind = "points_rule"}));
  std::set<std::string> known;
  for (const store::ListRow& rule : rules)
    known.insert(store::value_of(rule, "code"));
  const std::string today = Date::of(store.clock().now_ms()).text();
  std::vector<store::Edit> edits;
  for (const std::string& line : split(std::string(assets::file("assets/codes/points_sample.tsv")), '\n')) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> columns = split(line, '\t');
    if (known.count(columns.front()) == 0) edits.push_back(rule_edit(columns, today));
  }
  if (edits.empty()) return std::size_t{0};
  LX_TRY(const store::Saved saved, store.records().save(edits));
  if (!saved.ok) return fail("points.not_saved", {{"field", saved.problems.front().field}});
  return edits.size();
}

}  // namespace lianxin::client::app
