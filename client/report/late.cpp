#include "client/report/late.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "client/figures/period.hpp"
#include "client/report/snapshots.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

constexpr const char* kForm = "f7";

/// The line that sums up the month: the first total; the last one is that of the year.
const SheetRow* month_line(const Sheet& sheet) {
  for (const SheetRow& row : sheet.rows) {
    if (row.kind == RowKind::kTotal) return &row;
  }
  return nullptr;
}

void subtract(SheetRow& line, const SheetRow& other) {
  for (std::size_t i = 1; i < line.cells.size(); ++i) {
    const auto one = read_integer(line.cells[i]);
    const auto two = i < other.cells.size() ? read_integer(other.cells[i]) : std::nullopt;
    // Shares and means do not add up; they are left out.
    line.cells[i] = one || two ? std::to_string(one.value_or(0) - two.value_or(0)) : "";
  }
}

bool says_something(const SheetRow& line) {
  return std::any_of(line.cells.begin() + 1, line.cells.end(),
                     [](const std::string& cell) { return read_integer(cell).value_or(0) != 0; });
}

/// F7s of a unit as they were handed in, the newest of each month.
class HandedIn {
 public:
  [[nodiscard]] static Result<HandedIn> of(store::Records& records, const Id& unit) {
    HandedIn out;
    LX_TRY(const std::vector<FrozenForm> all, frozen_forms(records, unit));
    std::map<std::string, FrozenForm> newest;
    for (const FrozenForm& one : all) {
      if (one.form != kForm) continue;
      auto& kept = newest[one.period];
      if (one.revision > kept.revision) kept = one;
    }
    for (const auto& [period, form] : newest) {
      LX_TRY(Snapshot snapshot, read_snapshot(records, form.id));
      if (!snapshot.sheets.empty()) out.sheets_.emplace(period, std::move(snapshot.sheets.front()));
    }
    return out;
  }
  [[nodiscard]] const Sheet* month(const std::string& period) const {
    const auto at = sheets_.find(period);
    return at == sheets_.end() ? nullptr : &at->second;
  }
  /// Late lines with this heading in the months after `period` and before `until`.
  void take_lines(const std::string& period, const std::string& until, SheetRow& line) const {
    for (auto at = sheets_.upper_bound(period); at != sheets_.end() && at->first < until; ++at) {
      for (const SheetRow& row : at->second.rows) {
        if (!row.cells.empty() && row.cells.front() == line.cells.front()) subtract(line, row);
      }
    }
  }

 private:
  std::map<std::string, Sheet> sheets_;  ///< by month
};

/// The F7 line of a month by what counts now.
Result<SheetRow> counted_now(lianxin::store::Database& database, figures::Asked asked,
                             const figures::Period& period, const FormFacts& facts,
                             const Messages& messages) {
  asked.from = period.first;
  asked.as_of = period.last;
  LX_TRY(auto ledger, figures::Ledger::open(database, asked));
  LX_TRY(const std::vector<Sheet> sheets, fill_form(ledger, *form_definition(kForm), facts, messages));
  const SheetRow* line = month_line(sheets.front());
  return line == nullptr ? SheetRow{} : *line;
}

}  // namespace

Status add_late_lines(store::Records& records, lianxin::store::Database& database,
                      const figures::Asked& asked, const FormFacts& facts, const Messages& messages,
                      Sheet& month) {
  LX_TRY(const HandedIn handed_in, HandedIn::of(records, asked.scope));
  const std::string until = asked.from.text().substr(0, 7);
  for (int number = 1; number < asked.from.month; ++number) {
    const Date first{asked.from.year, number, 1};
    const std::string name = first.text().substr(0, 7);
    const Sheet* then = handed_in.month(name);
    const SheetRow* then_line = then == nullptr ? nullptr : month_line(*then);
    if (then_line == nullptr) continue;
    const figures::Period period = figures::period_of(figures::PeriodKind::kMonth, first);
    LX_TRY(SheetRow line, counted_now(database, asked, period, facts, messages));
    if (line.cells.empty()) continue;
    line.cells.front() = messages.get("form.f7.late_of", {{"month", name}});
    line.kind = RowKind::kSubtotal;
    subtract(line, *then_line);
    handed_in.take_lines(name, until, line);
    if (says_something(line)) month.rows.insert(month.rows.end() - 1, std::move(line));
  }
  return {};
}

}  // namespace lianxin::client::report
