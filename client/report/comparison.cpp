#include "client/report/comparison.hpp"

#include <algorithm>
#include <map>
#include <set>

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
      : records_(records), then_(then), now_(now) {}

  Result<std::vector<NumberChange>> run() {
    std::map<std::pair<int, std::string>, std::pair<const FrozenNumber*, const FrozenNumber*>> pairs;
    for (const FrozenNumber& number : then_.numbers)
      pairs[{number.row, number.part}].first = &number;
    for (const FrozenNumber& number : now_.numbers)
      pairs[{number.row, number.part}].second = &number;
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
        follow_fact(moved);
    }
    return out;
  }

 private:
  /// Why a member counts, or no longer does: by a fact about him that came, or went.
  struct ByFact {
    std::int64_t moved = 0;
    Why why = Why::kFollows;
    Id author;
    ReplicaId replica;
  };

  /// Facts that came late, were voided or are another's duplicate, by the members they name.
  Status read_facts(const std::vector<NumberChange>& changes) {
    std::set<Id> read;
    for (const NumberChange& change : changes) {
      for (const Moved& moved : change.moved) {
        const bool tells =
            moved.why == Why::kLate || moved.why == Why::kVoided || moved.why == Why::kDuplicate;
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
        if (id.ok())
          facts_.emplace(*id, ByFact{moved.after - moved.before, moved.why, moved.author, moved.replica});
      }
    }
    return {};
  }

  /// A person counted because of a late visit is late work, not "something else".
  void follow_fact(Moved& moved) const {
    if (moved.why != Why::kFollows) return;
    const auto [first, last] = facts_.equal_range(moved.record);
    const auto by = std::find_if(
        first, last, [&](const auto& one) { return (one.second.moved > 0) == (moved.after > moved.before); });
    if (by == last) return;
    moved.why = by->second.why;
    moved.author = by->second.author;
    moved.replica = by->second.replica;
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
      LX_DO(explain(moved, before.contains(record), after.contains(record)));
      change.moved.push_back(moved);
    }
    return {};
  }

  Status explain(Moved& moved, bool counted_then, bool counts_now) {
    LX_TRY(const std::vector<store::HistoryEntry> history, records_.history(moved.record));
    const store::HistoryEntry* by = history.empty() ? nullptr : &history.back();
    if (counts_now && !counted_then) {
      const bool was_there = version_in(then_.records, moved.record).is_known;
      const bool changed_since = history.size() > 1 && by->effective_ms > then_.made_ms &&
                                 history.front().effective_ms <= then_.made_ms;
      if (!was_there && !changed_since) {
        moved.why = Why::kLate;
        if (!history.empty()) by = &history.front();
      } else {
        moved.why = is_changed(moved.record) ? Why::kCorrected : Why::kFollows;
      }
    } else {
      LX_TRY(moved.why, why_less(moved.record));
    }
    if (by != nullptr && moved.why != Why::kFollows) {
      moved.author = by->author;
      moved.replica = by->change.replica;
    }
    return {};
  }

  Result<Why> why_less(const Id& record) {
    LX_TRY(const std::optional<store::RecordShown> shown, records_.get(record));
    if (!shown || shown->deleted) return Why::kGone;
    if (shown->voided) return Why::kVoided;
    const bool another_stands = !shown->cluster.empty() && shown->cluster.front() != record;
    if (another_stands || !shown->value("duplicate_of").empty()) return Why::kDuplicate;
    return is_changed(record) ? Why::kCorrected : Why::kFollows;
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
    case Why::kFollows:
      break;
  }
  return "follows";
}

std::int64_t NumberChange::sum(Why why) const {
  std::int64_t out = 0;
  for (const Moved& one : moved) {
    if (one.why == why) out += one.after - one.before;
  }
  return out;
}

Result<std::vector<NumberChange>> compare(store::Records& records, const Snapshot& then,
                                          const Counting& now) {
  return Comparer(records, then, now).run();
}

}  // namespace lianxin::client::report
