#include "client/store/fields_off.hpp"

#include "shared/domain/optional_fields.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

Result<std::set<std::string>> fields_off(lianxin::store::Database& database, const Date& today) {
  std::set<std::string> out;
  auto select = database.prepare(
      "SELECT CAST(value AS TEXT) FROM k_parameter WHERE r_flags & 195 = 0 AND name = 'field_off' AND value "
      "IS "
      "NOT NULL AND ifnull(\"from\", '') <= ?");
  select.bind_text(1, today.text());
  LX_DO(each_row(select, [&] {
    if (domain::is_optional_field(select.text(0))) out.insert(select.text(0));
  }));
  return out;
}

Result<bool> is_off(lianxin::store::Database& database, const domain::Kind& kind, const domain::Field& field,
                    const Date& today) {
  const std::string name = kind.name + "." + field.name;
  if (field.own != nullptr && field.own->retired) return true;
  if (!domain::is_optional_field(name)) return false;
  LX_TRY(const std::set<std::string> off, fields_off(database, today));
  return off.count(name) > 0;
}

Status check_fields_off(lianxin::store::Database& database, const domain::Kind& kind, const Date& today,
                        EditPlan& plan) {
  LX_TRY(std::set<std::string> off, fields_off(database, today));
  for (const domain::Field& field : kind.fields) {
    if (field.own != nullptr && field.own->retired) off.insert(kind.name + "." + field.name);
  }
  if (off.empty()) return {};
  const auto is_without = [&](const std::string& field) { return off.count(kind.name + "." + field) > 0; };
  std::erase_if(plan.problems,
                [&](const domain::Problem& problem) { return !problem.blocks && is_without(problem.field); });
  std::set<std::string> told;
  for (const NewWrite& write : plan.writes) {
    const domain::Field* field = kind.field(write.field);
    if (field == nullptr || !write.value || !is_without(field->name) || !told.insert(field->name).second)
      continue;
    plan.problems.insert(plan.problems.begin(), {field->name, "field_off", {{"field", field->name}}, true});
  }
  return {};
}

}  // namespace lianxin::client::store
