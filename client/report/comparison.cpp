#include "client/report/comparison.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "client/report/moved_along.hpp"
#include "client/report/what_counts.hpp"

namespace lianxin::client::report {
namespace {

struct Version {
  bool is_known = false;
  std::uint32_t number = 0;
};

Version version_in(const std::vector<FrozenRecord>& records, const Id& id) {
  const auto at = std::lower_bound(records.begin(), records.end(), id,
                                   [](const FrozenRecord& one, const Id& wanted) { return one.id < wanted; });
  if (at == records.end() || at->id != id) return {};
  return {true, at->version};
}

using Shares = std::map<Id, std::int64_t>;

/// Its value is the sum of its list: not the longest of it, nor the one in the middle.
bool is_sum(int row, const std::string& part) {
  for (const figures::FigureDefinition& figure : figures::figure_definitions()) {
    if (figure.row != row) continue;
    return std::none_of(figure.parts.begin(), figure.parts.end(), [&](const figures::PartDefinition& one) {
      return !part.empty() && one.name == part && one.gather != figures::Gather::kSum &&
             one.gather != figures::Gather::kHundred;
    });
  }
  return false;
}

/// A day is counted by the first record of it.
bool is_of_days(int row, const std::string& part) {
  const std::vector<figures::FigureDefinition>& all = figures::figure_definitions();
  return part.empty() && std::any_of(all.begin(), all.end(), [&](const figures::FigureDefinition& figure) {
           return figure.row == row && figure.unit == "day";
         });
}

/// The day that each record stands for, where a paper keeps it.
using Days = std::map<Id, std::int64_t>;

Days days_of(const std::vector<FrozenNumber>& numbers, const std::vector<FrozenRecord>& records) {
  Days out;
  for (const FrozenNumber& number : numbers) {
    if (number.row != kColumnRow || number.part != kDayPart) continue;
    for (const FrozenNumber::Share& share : number.shares)
      out.emplace(records[share.record].id, share.amount);
  }
  return out;
}

/// A day that counted then and counts now is one and the same, whichever record stands for it.
void leave_out_kept_days(const Days& then, const Days& now, std::vector<Moved>& moved) {
  std::set<std::int64_t> kept;
  std::set<std::int64_t> days;
  for (const auto& [record, day] : then)
    days.insert(day);
  for (const auto& [record, day] : now) {
    if (days.contains(day)) kept.insert(day);
  }
  std::erase_if(moved, [&](const Moved& one) {
    const Days& of = one.before > 0 ? then : now;
    const auto day = of.find(one.record);
    return day != of.end() && kept.contains(day->second);
  });
}

/// Of a paper that does not keep the days: what went was counted for a day which another record of that time
/// counts now.
void leave_out_same_days(std::vector<Moved>& moved) {
  for (std::size_t i = 0; i < moved.size();) {
    const auto other = std::find_if(moved.begin(), moved.end(), [](const Moved& one) {
      return one.why == Why::kFollows && one.after > one.before;
    });
    if (moved[i].why != Why::kWent || other == moved.end()) {
      ++i;
      continue;
    }
    const auto at = static_cast<std::size_t>(other - moved.begin());
    for (const std::size_t one : {std::max(i, at), std::min(i, at)})
      moved.erase(moved.begin() + static_cast<std::ptrdiff_t>(one));
    i = 0;
  }
}

Shares shares_of(const FrozenNumber* number, const std::vector<FrozenRecord>& records) {
  Shares out;
  if (number == nullptr) return out;
  for (const FrozenNumber::Share& share : number->shares)
    out[records[share.record].id] += share.amount;
  return out;
}

class Comparer {
 public:
  Comparer(store::Records& records, const Snapshot& then, const Counting& now)
      : records_(records),
        then_(then),
        now_(now),
        days_then_(days_of(then.numbers, then.records)),
        days_now_(days_of(now.numbers, now.records)) {
    if (now.database != nullptr) along_.emplace(records, *now.database, then);
  }

  Result<std::vector<NumberChange>> run() {
    std::map<std::pair<int, std::string>, std::pair<const FrozenNumber*, const FrozenNumber*>> pairs;
    for (const FrozenNumber& number : then_.numbers)
      if (number.row != kColumnRow) pairs[{number.row, number.part}].first = &number;
    for (const FrozenNumber& number : now_.numbers)
      if (number.row != kColumnRow) pairs[{number.row, number.part}].second = &number;
    std::vector<NumberChange> out;
    for (const auto& [name, pair] : pairs) {
      NumberChange change{name.first, name.second, {}, {}, {}};
      if (pair.first != nullptr) change.before = pair.first->value;
      if (pair.second != nullptr) change.after = pair.second->value;
      LX_DO(add_moved(pair.first, pair.second, change));
      if (change.before != change.after || !change.moved.empty()) out.push_back(std::move(change));
    }
    LX_DO(read_facts(out));
    for (NumberChange& change : out) {
      for (Moved& moved : change.moved)
        follow_fact(change, moved);
    }
    return out;
  }

 private:
  /// Why a member counts, or no longer does: by a fact about him that came, went or was corrected.
  struct ByFact {
    const domain::Kind* kind = nullptr;
    std::int64_t moved = 0;
    Why why = Why::kFollows;
    Id author;
    ReplicaId replica;
  };

  /// Facts that have a reason of their own, by the members they name.
  Status read_facts(const std::vector<NumberChange>& changes) {
    std::set<Id> read;
    for (const NumberChange& change : changes) {
      for (const Moved& moved : change.moved) {
        const bool tells = moved.why != Why::kGone && moved.why != Why::kWent && moved.why != Why::kCame &&
                           moved.why != Why::kFollows;
        if (tells && read.insert(moved.record).second) LX_DO(read_fact(moved));
      }
    }
    return {};
  }

  Status read_fact(const Moved& moved) {
    LX_TRY(const std::optional<store::RecordShown> shown, records_.get(moved.record));
    const domain::Kind* kind = shown ? domain::Catalogue::base().kind(shown->kind) : nullptr;
    if (kind == nullptr || !kind->is_fact) return {};
    for (const auto& [name, field] : shown->fields) {
      const domain::Field* meant = kind->field(name);
      if (meant == nullptr || meant->target != "member") continue;
      std::vector<std::string> members = field.elements;
      if (!field.value.empty()) members.push_back(field.value);
      for (const std::string& member : members) {
        const auto id = Id::parse(member);
        if (!id.ok()) continue;
        LX_TRY(const Id counted, standing_for(*id));
        facts_.emplace(counted,
                       ByFact{kind, moved.after - moved.before, moved.why, moved.author, moved.replica});
      }
    }
    return {};
  }

  /// Of a person entered twice the record that counts.
  Result<Id> standing_for(const Id& member) {
    LX_TRY(const std::optional<store::RecordShown> shown, records_.get(member));
    return shown && !shown->cluster.empty() ? shown->cluster.front() : member;
  }

  /// A person counted because of a late visit is late work, not "something else"; nor is a visit that was
  /// voided a correction of the person, whoever moved him to another village since. Only facts tell that the
  /// number is counted from, first those that moved it the same way: who is not reached counts elsewhere.
  void follow_fact(const NumberChange& change, Moved& moved) const {
    const bool is_open =
        moved.why == Why::kFollows || (moved.why == Why::kCorrected && counts_then_and_now(moved.record));
    if (!is_open) return;
    const ByFact* by = nullptr;
    const auto [first, last] = facts_.equal_range(moved.record);
    for (auto at = first; at != last; ++at) {
      const ByFact& fact = at->second;
      if (!is_counted_from(change.row, change.part, *fact.kind)) continue;
      const bool same_way = (fact.moved > 0) == (moved.after > moved.before);
      if (by == nullptr || same_way) by = &fact;
      if (same_way) break;
    }
    if (by == nullptr) return;
    moved.why = by->why;
    moved.author = by->author;
    moved.replica = by->replica;
  }

  Status add_moved(const FrozenNumber* then, const FrozenNumber* now, NumberChange& change) {
    const Shares before = shares_of(then, then_.records);
    const Shares after = shares_of(now, now_.records);
    Shares all = before;
    all.insert(after.begin(), after.end());
    for (const auto& [record, amount] : all) {
      Moved moved;
      moved.record = record;
      if (const auto at = before.find(record); at != before.end()) moved.before = at->second;
      if (const auto at = after.find(record); at != after.end()) moved.after = at->second;
      const bool same = before.contains(record) == after.contains(record) && moved.before == moved.after;
      if (same) continue;
      LX_TRY(const bool moved_along, explain_along(moved, before.contains(record), after.contains(record)));
      if (!moved_along) LX_DO(explain(moved, before.contains(record), after.contains(record)));
      change.moved.push_back(moved);
    }
    if (is_of_days(change.row, change.part)) {
      if (days_then_.empty()) {
        leave_out_same_days(change.moved);
      } else {
        leave_out_kept_days(days_then_, days_now_, change.moved);
      }
    }
    if (!change.after || !is_sum(change.row, change.part)) return {};
    for (const Moved& moved : change.moved) {
      if (moved.why == Why::kWent) *change.after += moved.along;
      if (moved.why == Why::kCame) *change.after -= moved.along;
    }
    return {};
  }

  /// What went or came with people who were handed over since is neither late nor a correction.
  Result<bool> explain_along(Moved& moved, bool counted_then, bool counts_now) {
    if (!along_ || counted_then == counts_now) return false;
    LX_TRY(const bool is_along, counted_then ? along_->went(moved.record) : along_->came(moved.record));
    if (!is_along) return false;
    moved.why = counted_then ? Why::kWent : Why::kCame;
    moved.along = counted_then ? moved.before : moved.after;
    moved.after = moved.before;
    return true;
  }

  Status explain(Moved& moved, bool counted_then, bool counts_now) {
    const bool was_there = version_in(then_.records, moved.record).is_known;
    LX_TRY(const std::optional<store::RecordShown> shown, records_.get(moved.record));
    if (!shown) {  // of two papers; or handed over since, and its story with it
      moved.why = counts_now && !counted_then && !was_there ? Why::kLate : Why::kGone;
      return {};
    }
    LX_TRY(const std::vector<store::HistoryEntry> history, records_.history(moved.record));
    const store::HistoryEntry* by = history.empty() ? nullptr : &history.back();
    if (counts_now && !counted_then) {
      const bool changed_since = history.size() > 1 && by->effective_ms > then_.made_ms &&
                                 history.front().effective_ms <= then_.made_ms;
      if (!was_there && !changed_since) {
        moved.why = Why::kLate;
        if (!history.empty()) by = &history.front();
      } else {
        moved.why = why_changed(*shown, history);
      }
    } else {
      moved.why = why_less(*shown, history);
    }
    if (by != nullptr && moved.why != Why::kFollows) {
      moved.author = by->author;
      moved.replica = by->change.replica;
    }
    return {};
  }

  [[nodiscard]] Why why_less(const store::RecordShown& shown,
                             const std::vector<store::HistoryEntry>& history) const {
    if (shown.deleted) return Why::kGone;
    if (shown.voided) return Why::kVoided;
    const bool another_stands = !shown.cluster.empty() && shown.cluster.front() != shown.id;
    if (another_stands || !shown.value("duplicate_of").empty()) return Why::kDuplicate;
    return why_changed(shown, history);
  }

  [[nodiscard]] Why why_changed(const store::RecordShown& shown,
                                const std::vector<store::HistoryEntry>& history) const {
    const bool is_as_entered = history.size() == 1;  // went with the member it hangs on
    return is_changed(shown.id) && !is_as_entered && !is_only_moved(shown, history) ? Why::kCorrected
                                                                                    : Why::kFollows;
  }

  /// Since the paper was made nothing but his village was written, and he counts in this unit as before.
  [[nodiscard]] bool is_only_moved(const store::RecordShown& shown,
                                   const std::vector<store::HistoryEntry>& history) const {
    const domain::Kind* kind = domain::Catalogue::base().kind(shown.kind);
    if (kind == nullptr || kind->scope_rule != domain::ScopeRule::kField || !counts_then_and_now(shown.id))
      return false;
    bool is_moved = false;
    for (const store::HistoryEntry& entry : history) {
      if (entry.effective_ms <= then_.made_ms) continue;
      is_moved = true;
      for (const store::HistoryWrite& write : entry.writes) {
        if (write.field != kind->scope_field && !is_of_merger(write.field)) return false;
      }
    }
    return is_moved;
  }

  /// A merger writes where he stood before beside it.
  static bool is_of_merger(std::string_view field) {
    return field == "former_villages" || field == "village_said_at";
  }

  [[nodiscard]] bool counts_then_and_now(const Id& record) const {
    return version_in(then_.records, record).is_known && version_in(now_.records, record).is_known;
  }

  /// A record that counts nowhere now is not in `now_`: it has changed if anything did.
  [[nodiscard]] bool is_changed(const Id& record) const {
    const Version then = version_in(then_.records, record);
    const Version now = version_in(now_.records, record);
    return !then.is_known || !now.is_known || then.number != now.number;
  }

  store::Records& records_;
  const Snapshot& then_;
  const Counting& now_;
  Days days_then_;
  Days days_now_;
  std::optional<MovedAlong> along_;  ///< where the present is counted
  std::multimap<Id, ByFact> facts_;
};

std::string signed_number(std::int64_t number) { return (number > 0 ? "+" : "") + std::to_string(number); }

/// "补报 +5（甲 +2，乙 +3）"; "" = nothing of it.
std::string one_reason(const NumberChange& change, Why why, const Messages& messages, const NameOf& name_of) {
  std::map<std::string, std::int64_t> by_author;
  for (const Moved& one : change.moved) {
    if (one.why == why) by_author[one.author.is_nil() ? "" : name_of(one.author)] += one.after - one.before;
  }
  if (by_author.empty()) return {};
  if (why == Why::kWent || why == Why::kCame)
    return messages.get(std::string("compare.") + word_of(why), {{"sum", std::to_string(change.sum(why))}});
  std::string people;
  for (const auto& [name, sum] : by_author) {
    if (!name.empty())
      people += (people.empty() ? "" : messages.get("compare.separator")) + name + " " + signed_number(sum);
  }
  return messages.get(people.empty() ? "compare.reason" : "compare.reason_by",
                      {{"why", messages.get(std::string("compare.") + word_of(why))},
                       {"sum", signed_number(change.sum(why))},
                       {"people", people}});
}

}  // namespace

std::string reasons_in_words(const NumberChange& change, const Messages& messages, const NameOf& name_of) {
  std::string out;
  for (const Why why : kWhys) {
    const std::string words = one_reason(change, why, messages, name_of);
    if (!words.empty()) out += (out.empty() ? "" : messages.get("compare.separator")) + words;
  }
  return out;
}

std::string numbers_in_words(const NumberChange& change) {
  const auto number = [](const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : std::string("-");
  };
  return number(change.before) + " → " + number(change.after);
}

const char* word_of(Why why) {
  switch (why) {
    case Why::kLate:
      return "late";
    case Why::kCorrected:
      return "corrected";
    case Why::kVoided:
      return "voided";
    case Why::kDuplicate:
      return "duplicate";
    case Why::kGone:
      return "gone";
    case Why::kWent:
      return "went";
    case Why::kCame:
      return "came";
    case Why::kFollows:
      break;
  }
  return "follows";
}

std::int64_t NumberChange::sum(Why why) const {
  std::int64_t out = 0;
  for (const Moved& one : moved) {
    if (one.why == why) out += one.after - one.before + one.along;
  }
  return out;
}

Result<std::vector<NumberChange>> compare(store::Records& records, const Snapshot& then,
                                          const Counting& now) {
  return Comparer(records, then, now).run();
}

}  // namespace lianxin::client::report
