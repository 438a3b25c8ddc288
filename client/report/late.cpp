#include "client/report/late.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "client/figures/period.hpp"
#include "client/report/moved_along.hpp"
#include "client/report/snapshots.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::report {
namespace {

constexpr const char* kForm = "f7";
constexpr const char* kHouseholds = "households";
constexpr int kLateMonths = 12;  // December's late work comes in January

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
      snapshot.file.clear();
      if (!snapshot.sheets.empty()) out.months_.emplace(period, std::move(snapshot));
    }
    return out;
  }
  [[nodiscard]] const Snapshot* month(const std::string& period) const {
    const auto at = months_.find(period);
    return at == months_.end() ? nullptr : &at->second;
  }
  /// Late lines with this heading in the months after `period` and before `until`.
  void take_lines(const std::string& period, const std::string& until, SheetRow& line) const {
    for (auto at = months_.upper_bound(period); at != months_.end() && at->first < until; ++at) {
      for (const SheetRow& row : at->second.sheets.front().rows) {
        if (!row.cells.empty() && row.cells.front() == line.cells.front()) subtract(line, row);
      }
    }
  }
  /// When the last of the months before `until` was handed in.
  [[nodiscard]] WallMs last_before(const std::string& until) const {
    WallMs last = 0;
    for (const auto& [period, snapshot] : months_)
      if (period < until) last = std::max(last, snapshot.made_ms);
    return last;
  }

 private:
  std::map<std::string, Snapshot> months_;
};

/// Records that count in the month, were not in it when it was handed in, and were first heard of after
/// `since`.
Result<std::int64_t> came_late(store::Records& records, lianxin::store::Database& database,
                               figures::Asked asked, const Snapshot& then, WallMs since) {
  asked.from = then.from;
  asked.as_of = then.as_of;
  LX_TRY(auto ledger, figures::Ledger::open(database, asked));
  LX_TRY(const Counting now, count_all(ledger, database));
  std::int64_t late = 0;
  for (const FrozenRecord& one : now.records) {
    const bool was_there = std::binary_search(then.records.begin(), then.records.end(), one,
                                              [](const auto& a, const auto& b) { return a.id < b.id; });
    if (was_there) continue;
    LX_TRY(const auto history, records.history(one.id));
    late += !history.empty() && history.front().effective_ms > since ? 1 : 0;
  }
  return late;
}

/// A month that is closed says itself how many came late.
Result<bool> is_closed(lianxin::store::Database& database, const figures::Asked& asked) {
  auto close = database.prepare(
      "SELECT 1 FROM k_month_close WHERE org_id = ? AND month = ? AND state = 'closed' AND r_flags & 3 = 0");
  close.bind_text(1, asked.scope.text()).bind_text(2, asked.from.text().substr(0, 7));
  return close.step();
}

/// The F7 line of a month by what counts now, and what its columns rest on.
struct CountedNow {
  SheetRow line;
  ColumnShares shares;
};
Result<CountedNow> counted_now(lianxin::store::Database& database, figures::Asked asked,
                               const figures::Period& period, const FormFacts& facts,
                               const Messages& messages) {
  asked.from = period.first;
  asked.as_of = period.last;
  LX_TRY(auto ledger, figures::Ledger::open(database, asked));
  LX_TRY(const std::vector<Sheet> sheets, fill_form(ledger, *form_definition(kForm), facts, messages));
  CountedNow out;
  if (const SheetRow* line = month_line(sheets.front())) out.line = *line;
  LX_TRY(out.shares, column_shares(ledger, *form_definition(kForm)));
  return out;
}

using Columns = std::map<std::string, std::int64_t>;

/// What a column of the form reads of the shares: two of them stand under another name, one is a difference.
std::int64_t share_of(const Columns& shares, const FormColumn& column) {
  const auto of = [&](const char* key) {
    const auto at = shares.find(key);
    return at == shares.end() ? 0 : at->second;
  };
  constexpr std::int64_t kFenOfYuan = 100;
  if (column.key == "due") return of("mobile");
  if (column.key == "not_reached") return of("mobile") - of("reached");
  const std::int64_t share = of(column.key.c_str());
  return column.value == FormValue::kMoney ? share / kFenOfYuan : share;
}

void add(SheetRow& line, const Columns& shares) {
  const std::vector<FormColumn>& columns = form_definition(kForm)->pages.front().columns;
  for (std::size_t i = 1; i < line.cells.size() && i < columns.size(); ++i) {
    const std::int64_t share = share_of(shares, columns[i]);
    const auto number = read_integer(line.cells[i]);
    if (share != 0 && number) line.cells[i] = std::to_string(*number + share);
  }
}

/// What counts for the unit of its day, wherever the member is now; the other columns go with him (K4).
bool is_work(const std::string& column) {
  static const std::set<std::string> kStock = {"members",  "mobile",  "out",      "in",  "added",
                                               "returned", "reached", "hardship", "door"};
  return kStock.count(column) == 0;
}

/// Counts a person once, in however many months.
bool is_once(const std::string& column) { return column == "scorers"; }

/// Addresses of several months: those that have somebody in common are one household.
class Households {
 public:
  void add(const std::set<Id>& door) {
    std::size_t at = doors_.size();
    for (const Id& member : door) {
      const auto known = of_.find(member);
      if (known == of_.end() || known->second == at) continue;
      if (at == doors_.size()) {
        at = known->second;
        continue;
      }
      const std::set<Id> other = std::move(doors_[known->second]);
      doors_[known->second].clear();
      put(other, at);
    }
    if (at == doors_.size()) doors_.emplace_back();
    put(door, at);
  }
  /// Those with one of `gone` and none of `here`.
  [[nodiscard]] std::int64_t gone(const std::set<Id>& gone, const std::set<Id>& here) const {
    return std::count_if(doors_.begin(), doors_.end(), [&](const std::set<Id>& door) {
      const auto meets = [&](const std::set<Id>& members) {
        return std::any_of(door.begin(), door.end(), [&](const Id& id) { return members.contains(id); });
      };
      return meets(gone) && !meets(here);
    });
  }

 private:
  void put(const std::set<Id>& members, std::size_t at) {
    for (const Id& member : members) {
      doors_[at].insert(member);
      of_[member] = at;
    }
  }

  std::vector<std::set<Id>> doors_;  ///< one that went up in another is empty
  std::map<Id, std::size_t> of_;
};

/// Work of the year's months that were handed in which went along with its people: the year still counts it.
class WentInYear {
 public:
  Status take(MovedAlong& along, const Snapshot& then) {
    const ColumnShares shares = column_shares(then);
    for (const std::set<Id>& door : doors_of(shares)) {
      for (const Id& member : door) {
        LX_TRY(const bool went, along.is_gone(member));
        if (went) gone_.insert(member);
      }
      households_.add(door);
    }
    for (const auto& [column, counted] : shares) {
      if (!is_work(column) || column == kHouseholds) continue;
      for (const figures::Counted& one : counted) {
        LX_TRY(const Id id, Id::parse(one.record));
        LX_TRY(const bool went, along.is_gone(id));
        if (went && (!is_once(column) || once_.insert(column + one.record).second))
          sums_[column] += one.amount;
      }
    }
    return {};
  }
  /// Somebody met at an address has gone: who of it is counted in the year is asked of `met_now`.
  [[nodiscard]] bool has_doors() const { return !gone_.empty(); }
  void count_doors(const std::set<Id>& met_now) {
    if (const std::int64_t doors = households_.gone(gone_, met_now); doors != 0) sums_[kHouseholds] += doors;
  }
  /// The year's line, and what it says of it.
  void tell(const Messages& messages, Sheet& month) const {
    add(month.rows.back(), sums_);
    std::vector<std::string> columns;
    for (const FormColumn& column : form_definition(kForm)->pages.front().columns) {
      const std::int64_t share = share_of(sums_, column);
      if (share != 0 && is_work(column.key) && column.key != "due" && column.key != "not_reached")
        columns.push_back(messages.get("form.f7." + column.key) + " " + std::to_string(share));
    }
    if (!columns.empty())
      month.notes.push_back(
          messages.get("form.f7.went", {{"columns", join(columns, messages.get("form.list_separator"))}}));
  }

 private:
  Columns sums_;
  std::set<std::string> once_;
  Households households_;
  std::set<Id> gone_;  ///< who was met at an address and is not here any more
};

/// Everybody met at an address in the year so far.
Result<std::set<Id>> met_in_year(lianxin::store::Database& database, figures::Asked asked) {
  asked.from = {asked.as_of.year, 1, 1};
  LX_TRY(auto ledger, figures::Ledger::open(database, asked));
  LX_TRY(const ColumnShares shares, column_shares(ledger, *form_definition(kForm)));
  return met_at(doors_of(shares));
}

/// Something it counted is not here any more.
Result<bool> has_gone(MovedAlong& along, const Snapshot& then) {
  for (const FrozenRecord& one : then.records) {
    LX_TRY(const bool gone, along.is_gone(one.id));
    if (gone) return true;
  }
  return false;
}

}  // namespace

Result<std::int64_t> add_late_lines(store::Records& records, lianxin::store::Database& database,
                                    const figures::Asked& asked, const FormFacts& facts,
                                    const Messages& messages, Sheet& month) {
  LX_TRY(const HandedIn handed_in, HandedIn::of(records, asked.scope));
  const std::string until = asked.from.text().substr(0, 7);
  std::int64_t late = 0;
  WentInYear went;
  for (int before = kLateMonths; before > 0; --before) {
    const Date first = Date{asked.from.year, asked.from.month, 1}.plus_months(-before);
    const std::string name = first.text().substr(0, 7);
    const Snapshot* then = handed_in.month(name);
    const SheetRow* then_line = then == nullptr ? nullptr : month_line(then->sheets.front());
    if (then_line == nullptr) continue;
    const figures::Period period = figures::period_of(figures::PeriodKind::kMonth, first);
    LX_TRY(CountedNow now, counted_now(database, asked, period, facts, messages));
    SheetRow& line = now.line;
    if (line.cells.empty()) continue;
    line.cells.front() = messages.get("form.f7.late_of", {{"month", name}});
    line.kind = RowKind::kSubtotal;
    subtract(line, *then_line);
    MovedAlong along(records, database, *then);
    if (first.year == asked.as_of.year) LX_DO(went.take(along, *then));
    if (column_shares(*then).empty()) {
      LX_TRY(const bool gone, has_gone(along, *then));
      if (gone) month.notes.push_back(messages.get("form.f7.went_unknown", {{"month", name}}));
    } else {
      LX_TRY(const Columns moved, moved_shares(along, *then, now.shares));
      add(line, moved);
    }
    handed_in.take_lines(name, until, line);
    if (!says_something(line)) continue;
    month.rows.insert(month.rows.end() - 1, std::move(line));
    LX_TRY(const std::int64_t more, came_late(records, database, asked, *then, handed_in.last_before(until)));
    late += more;
  }
  if (went.has_doors()) {
    LX_TRY(const std::set<Id> met, met_in_year(database, asked));
    went.count_doors(met);
  }
  went.tell(messages, month);
  LX_TRY(const bool says_itself, is_closed(database, asked));
  if (late > 0 && !says_itself)
    month.notes.push_back(messages.get("form.f7.late", {{"count", std::to_string(late)}}));
  return late;
}

Result<std::vector<std::string>> not_heard_since(lianxin::store::Database& database,
                                                 figures::Ledger& ledger) {
  std::map<Id, Date> last;
  auto heard = database.prepare("SELECT author, max(effective_ms) FROM change GROUP BY author");
  LX_DO(each_row(heard, [&] { last.emplace(heard.id(0), Date::of(heard.integer(1))); }));
  std::vector<std::string> out;
  auto people = ledger.prepare(
      "SELECT w.record, w.name FROM live_worker w, asked WHERE w.org_id IN (SELECT id FROM scope_unit) "
      "AND (w.\"to\" IS NULL OR w.\"to\" > as_of) ORDER BY w.name COLLATE pinyin, w.id");
  LX_DO(each_row(people, [&] {
    const auto at = last.find(people.id(0));
    if (at != last.end() && at->second <= ledger.asked().as_of) out.push_back(people.text(1));
  }));
  return out;
}

}  // namespace lianxin::client::report
