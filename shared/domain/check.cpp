#include "shared/domain/check.hpp"

#include <algorithm>

#include "shared/domain/amount.hpp"
#include "shared/domain/named_check.hpp"
#include "shared/domain/record_rules.hpp"

namespace lianxin::domain {
namespace {

using Problems = std::vector<Problem>;

const std::string* scalar_of(const RecordValues& values, const std::string& name) {
  const auto found = values.scalars.find(name);
  return found == values.scalars.end() ? nullptr : &found->second;
}

bool is_filled(const RecordValues& values, const std::string& name) {
  const std::string* scalar = scalar_of(values, name);
  const auto set = values.sets.find(name);
  return (scalar != nullptr && !scalar->empty()) || (set != values.sets.end() && !set->second.empty());
}

Problem blocking(std::string_view field, std::string_view code) {
  return {std::string(field), std::string(code), {{"field", std::string(field)}}, true};
}

void check_required(const Kind& kind, const RecordValues& values, bool creating, Problems& problems) {
  for (const Field& field : kind.fields) {
    if (field.required != Required::kBlocks || is_filled(values, field.name)) continue;
    const bool cleared = scalar_of(values, field.name) != nullptr;
    if (creating || cleared) problems.push_back(blocking(field.name, "missing"));
  }
}

/// A record that hangs nowhere has no scope: nobody would ever get it.
void check_place(const Kind& kind, const RecordValues& values, Problems& problems) {
  std::vector<std::string> places = kind.parent_fields;
  if (!kind.scope_field.empty()) places.push_back(kind.scope_field);
  if (places.empty()) return;
  const auto filled = [&](const std::string& name) { return is_filled(values, name); };
  if (std::any_of(places.begin(), places.end(), filled)) return;
  const auto told = [&](const Problem& problem) { return problem.field == places.front(); };
  if (std::none_of(problems.begin(), problems.end(), told))
    problems.push_back(blocking(places.front(), "no_place"));
}

/// "problem.date_day" -> "date_day".
std::string problem_code(const Error& error) {
  constexpr std::string_view kPrefix = "problem.";
  return error.code.starts_with(kPrefix) ? error.code.substr(kPrefix.size()) : error.code;
}

void check_value(const Field& field, const std::string& value, const RecordValues& values, const Date& today,
                 Problems& problems) {
  if (value.empty()) return;
  const auto canonical = canonical_value(field, value);
  if (!canonical.ok()) {
    problems.push_back({field.name, problem_code(canonical.error()), canonical.error().args, true});
    return;
  }
  for (const std::string& word : check_words(field)) {
    auto problem = run_named_check(word, field, *canonical, values, today);
    if (problem) problems.push_back(std::move(*problem));
  }
}

void check_values(const Kind& kind, const RecordValues& values, const Date& today, Problems& problems) {
  for (const Field& field : kind.fields) {
    if (const std::string* scalar = scalar_of(values, field.name)) {
      check_value(field, *scalar, values, today, problems);
    }
    const auto set = values.sets.find(field.name);
    if (set == values.sets.end()) continue;
    for (const std::string& element : set->second)
      check_value(field, element, values, today, problems);
  }
}

}  // namespace

std::vector<Problem> check_record(const Kind& kind, const RecordValues& values, const Date& today,
                                  bool creating) {
  Problems problems;
  check_required(kind, values, creating, problems);
  if (creating) check_place(kind, values, problems);
  check_values(kind, values, today, problems);
  Problems rules = cross_field_problems(kind, values);
  std::move(rules.begin(), rules.end(), std::back_inserter(problems));
  std::stable_partition(problems.begin(), problems.end(),
                        [](const Problem& problem) { return problem.blocks; });
  return problems;
}

std::string field_label(const Messages& messages, const Kind& kind, std::string_view field) {
  const Field* told = kind.field(field);
  if (const OwnField* county = told == nullptr ? nullptr : told->own.get(); county != nullptr)
    return messages.get("language.short") == "en" ? county->en : county->zh;
  const std::string own = "field." + kind.name + "." + std::string(field);
  return messages.has(own) ? messages.get(own) : messages.get("field.common." + std::string(field));
}

std::string problem_sentence(const Messages& messages, const Kind& kind, const Problem& problem) {
  std::vector<ErrorArg> args = problem.args;
  const Field* told = kind.field(problem.field);
  const bool in_yuan = told != nullptr && is_amount(*told);
  for (ErrorArg& arg : args) {
    if (in_yuan && (arg.name == "low" || arg.name == "high")) arg.value = yuan_of_fen(arg.value);
    if (arg.name == "field" || arg.name == "other") arg.value = field_label(messages, kind, arg.value);
  }
  return messages.get("problem." + problem.code, args);
}

}  // namespace lianxin::domain
