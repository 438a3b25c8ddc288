#include "client/report/moved_along.hpp"

#include <algorithm>
#include <set>

#include "client/figures/units.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::report {
namespace {

constexpr int kOwnersMax = 16;
constexpr const char* kHouseholds = "households";
constexpr const char* kDoor = "door";  ///< shares beside the columns: who was met at which address

bool meet(const std::set<Id>& door, const std::set<Id>& members) {
  return std::any_of(door.begin(), door.end(), [&](const Id& one) { return members.contains(one); });
}

/// Counted apart, or no column.
bool is_apart(std::string_view column) {
  return column == kHouseholds || column == kDoor || column == kDayPart;
}

/// Households the paper counted and that have gone, less those that have come.
Result<std::int64_t> moved_doors(MovedAlong& along, const ColumnShares& then, const ColumnShares& now) {
  const std::vector<std::set<Id>> doors_then = doors_of(then);
  const std::vector<std::set<Id>> doors_now = doors_of(now);
  const std::set<Id> met_then = met_at(doors_then);
  const std::set<Id> met_now = met_at(doors_now);
  std::int64_t out = 0;
  for (const std::set<Id>& door : doors_then) {
    if (meet(door, met_now)) continue;
    bool went = false;
    for (const Id& member : door) {
      LX_TRY(const bool is_along, along.went(member));
      went = went || is_along;
    }
    if (went) ++out;
  }
  for (const std::set<Id>& door : doors_now) {
    if (meet(door, met_then)) continue;
    bool came = true;
    for (const Id& member : door) {
      LX_TRY(const bool is_along, along.came(member));
      came = came && is_along;
    }
    if (came) --out;
  }
  return out;
}

/// Since `made_ms` somebody said another place of it, and it was there before.
bool is_placed_since(const std::vector<store::HistoryEntry>& history, std::string_view field,
                     WallMs made_ms) {
  if (history.empty() || history.front().effective_ms > made_ms) return false;
  return std::any_of(history.begin(), history.end(), [&](const store::HistoryEntry& entry) {
    return entry.effective_ms > made_ms &&
           std::any_of(entry.writes.begin(), entry.writes.end(),
                       [&](const store::HistoryWrite& write) { return write.field == field; });
  });
}

}  // namespace

Result<bool> MovedAlong::is_gone(const Id& record) {
  auto here = database_.prepare("SELECT 1 FROM record WHERE id = ?");
  LX_TRY(const bool found, here.bind(1, record).step());
  return !found && counted_in(then_, record);
}

Result<bool> MovedAlong::went(const Id& record) {
  LX_TRY(const bool gone, is_gone(record));
  if (gone) return true;
  LX_TRY(const std::optional<store::RecordShown> shown, records_.get(record));
  const bool stands = shown && !shown->deleted && !shown->voided &&
                      (shown->cluster.empty() || shown->cluster.front() == record);
  if (!stands || !counted_in(then_, record)) return false;
  LX_TRY(const std::optional<Owner> owner, owner_of(record));
  if (!owner || !owner->was_placed) return false;
  LX_TRY(const bool is_here, figures::is_in_unit(database_, owner->scope, then_.scope));
  return !is_here;
}

Result<bool> MovedAlong::came(const Id& record) {
  if (counted_in(then_, record)) return false;
  LX_TRY(const std::optional<Owner> owner, owner_of(record));
  return owner && owner->was_placed && !counted_in(then_, owner->id);
}

/// The profile with a village of its own that the record is, or hangs on.
Result<std::optional<MovedAlong::Owner>> MovedAlong::owner_of(const Id& record) {
  Id at = record;
  for (int owners = 0; owners < kOwnersMax && !at.is_nil(); ++owners) {
    LX_TRY(const std::optional<store::RecordShown> shown, records_.get(at));
    const domain::Kind* kind = shown ? domain::Catalogue::base().kind(shown->kind) : nullptr;
    if (kind == nullptr) break;
    if (kind->scope_rule == domain::ScopeRule::kField && !kind->is_fact) {
      LX_TRY(const auto history, records_.history(at));
      return std::optional(
          Owner{at, shown->scope, is_placed_since(history, kind->scope_field, then_.made_ms)});
    }
    at = shown->parent;
  }
  return std::optional<Owner>();
}

Result<ColumnShares> column_shares(figures::Ledger& ledger, const FormDefinition& form) {
  ColumnShares out;
  for (const FormPage& page : form.pages) {
    if (page.shares.empty()) continue;
    for (const FormColumn& column : page.columns)
      out[column.key];  // an empty column is one that is known
    auto select = ledger.prepare(page.shares);
    LX_DO(lianxin::store::each_row(select, [&] {
      out[select.text(0)].push_back({select.text(1), select.integer(2)});
    }));
  }
  return out;
}

ColumnShares column_shares(const Snapshot& then) {
  ColumnShares out;
  for (const FrozenNumber& number : then.numbers) {
    if (number.row != kColumnRow || number.part == kDayPart) continue;
    std::vector<figures::Counted>& counted = out[number.part];
    for (const FrozenNumber::Share& share : number.shares)
      counted.push_back({then.records[share.record].id.text(), share.amount});
  }
  return out;
}

std::vector<std::set<Id>> doors_of(const ColumnShares& shares) {
  std::map<std::int64_t, std::set<Id>> by_number;
  const auto doors = shares.find(kDoor);
  const auto households = shares.find(kHouseholds);
  if (doors != shares.end()) {
    for (const figures::Counted& one : doors->second) {
      if (const auto id = Id::parse(one.record); id.ok()) by_number[one.amount].insert(*id);
    }
  } else if (households != shares.end()) {
    for (const figures::Counted& one : households->second) {
      if (const auto id = Id::parse(one.record); id.ok())
        by_number[static_cast<std::int64_t>(by_number.size())].insert(*id);
    }
  }
  std::vector<std::set<Id>> out;
  out.reserve(by_number.size());
  for (auto& [number, members] : by_number)
    out.push_back(std::move(members));
  return out;
}

std::set<Id> met_at(const std::vector<std::set<Id>>& doors) {
  std::set<Id> out;
  for (const std::set<Id>& door : doors)
    out.insert(door.begin(), door.end());
  return out;
}

Result<std::map<std::string, std::int64_t>> moved_shares(MovedAlong& along, const Snapshot& then,
                                                         const ColumnShares& now) {
  std::map<std::string, std::int64_t> out;
  for (const FrozenNumber& number : then.numbers) {
    if (number.row != kColumnRow || is_apart(number.part)) continue;
    std::set<std::string> counts_now;
    if (const auto at = now.find(number.part); at != now.end()) {
      for (const figures::Counted& one : at->second)
        counts_now.insert(one.record);
    }
    for (const FrozenNumber::Share& share : number.shares) {
      const Id& record = then.records[share.record].id;
      if (counts_now.contains(record.text())) continue;
      LX_TRY(const bool went, along.went(record));
      if (went) out[number.part] += share.amount;
    }
  }
  for (const auto& [column, counted] : now) {
    if (is_apart(column)) continue;
    for (const figures::Counted& one : counted) {
      LX_TRY(const Id id, Id::parse(one.record));
      if (counted_in(then, id)) continue;
      LX_TRY(const bool came, along.came(id));
      if (came) out[column] -= one.amount;
    }
  }
  LX_TRY(const std::int64_t doors, moved_doors(along, column_shares(then), now));
  if (doors != 0) out[kHouseholds] += doors;
  return out;
}

}  // namespace lianxin::client::report
