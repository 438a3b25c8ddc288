#include "client/figures/checks.hpp"

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::figures {
namespace {

struct CheckDefinition {
  std::string name;
  std::size_t row = 0;
  bool is_equal = false;
  std::string numbers;
  std::string records;
};

/// Part of the program, so what is wrong with it is a bug.
std::vector<CheckDefinition> read_definitions() {
  std::vector<CheckDefinition> out;
  const std::string_view text = assets::file("assets/figures/checks.sql");
  for (std::size_t at = text.find("\n--! check "); at != std::string_view::npos;) {
    const std::size_t next = text.find("\n--! check ", at + 1);
    const std::string one(text.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
    const std::vector<std::string> words = split(one.substr(0, one.find('\n')), ' ');
    const std::vector<std::string> queries = statements_of(one);
    LX_CHECK(words.size() == 5 && queries.size() == 2, "assets/figures/checks.sql cannot be read");
    out.push_back({words[2], std::stoul(words[3]), words[4] == "equal", queries[0], queries[1]});
    at = next;
  }
  return out;
}

Result<Check> check(Ledger& ledger, const CheckDefinition& definition) {
  Check out;
  out.name = definition.name;
  out.row = static_cast<int>(definition.row);
  auto numbers = ledger.prepare(definition.numbers);
  LX_TRY(const bool found, numbers.step());
  LX_CHECK(found, "a check gives a row");
  out.number = numbers.integer(0);
  out.against = numbers.integer(1);
  if (numbers.is_null(0)) {
    LX_TRY(const Figure figure, figures::figure(ledger, figure_definitions().at(definition.row - 1)));
    out.number = figure.value.value_or(0);
  }
  auto records = ledger.prepare(definition.records);
  LX_DO(each_row(records, [&] { out.records.push_back(records.text(0)); }));
  out.holds =
      out.records.empty() && (definition.is_equal ? out.number == out.against : out.number <= out.against);
  return out;
}

}  // namespace

Result<std::vector<Check>> checks(Ledger& ledger) {
  static const std::vector<CheckDefinition> kDefinitions = read_definitions();
  std::vector<Check> out;
  for (const CheckDefinition& definition : kDefinitions) {
    LX_TRY(Check one, check(ledger, definition));
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::string> failed_checks(const std::vector<Check>& all, const Messages& messages) {
  std::vector<std::string> out;
  for (const Check& one : all) {
    if (one.holds) continue;
    out.push_back(messages.get("figures.check." + one.name, {{"row", std::to_string(one.row)},
                                                             {"number", std::to_string(one.number)},
                                                             {"against", std::to_string(one.against)},
                                                             {"count", std::to_string(one.records.size())}}));
  }
  return out;
}

}  // namespace lianxin::client::figures
