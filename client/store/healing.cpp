#include "client/store/healing.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "shared/base/log.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;
namespace wire = sync::wire;

namespace {

constexpr int kTriesMax = 3;
constexpr int kExchangesMax = 60;
constexpr std::uint64_t kFetchAtMost = 64;  ///< records of a range that is fetched rather than split
constexpr std::size_t kAsksMax = wire::kHealRangesMax / 2;
constexpr WallMs kRecountEveryMs = 24LL * 60 * 60 * 1000;

struct BaseRow {
  Id record;
  Bytes base;
};

/// Base states of a place within a range. Left to itself the planner reads the range of all states once more
/// for the few records that stand beside; the same below.
Result<std::vector<BaseRow>> rows_in(lianxin::store::Database& database, const FeedPlace& place,
                                     const wire::IdRange& range) {
  std::vector<BaseRow> out;
  auto select = database.prepare(
      "SELECT s.record, s.base FROM membership m CROSS JOIN class_state s ON s.record = m.record "
      "WHERE m.scope = ?1 AND s.privacy = ?2 AND m.record > ?3 AND m.record <= ?4 AND length(s.base) > 0");
  select.bind(1, place.scope).bind(2, int{place.privacy}).bind(3, range.after).bind(4, range.upto);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({select.id(0), select.blob(1)});
  }
}

Result<Digest128> leaf_of(const BaseRow& row, std::uint8_t privacy) {
  LX_TRY(const merge::ClassState state, merge::decode_class_state(row.base));
  return merge::digest_leaf(row.record, privacy, state);
}

Result<wire::RangeSum> sum_in(lianxin::store::Database& database, const FeedPlace& place,
                              const wire::IdRange& range) {
  wire::RangeSum sum{range, 0, {}};
  LX_TRY(const auto rows, rows_in(database, place, range));
  for (const BaseRow& row : rows) {
    LX_TRY(const Digest128 leaf, leaf_of(row, place.privacy));
    if (leaf == Digest128{}) continue;
    sum.digest += leaf;
    ++sum.records;
  }
  return sum;
}

Result<std::uint64_t> cursor_of(lianxin::store::Database& database, const FeedPlace& place) {
  auto select = database.prepare("SELECT position FROM cursor WHERE scope = ? AND privacy = ?");
  LX_TRY(const bool found, select.bind(1, place.scope).bind(2, int{place.privacy}).step());
  return found ? select.natural(0) : std::uint64_t{0};
}

bool is_within(const std::vector<wire::IdRange>& ranges, const Id& record) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const wire::IdRange& range) { return range.holds(record); });
}

}  // namespace

/// The running sums of places are made anew from their states, which are read once for all of them; a state
/// nobody can read goes, and is fetched.
Status Healing::recount(const std::vector<FeedPlace>& places) {
  auto& database = records_.database();
  std::map<FeedPlace, wire::RangeSum> sums;
  for (const FeedPlace& place : places)
    sums[place];
  std::set<std::pair<Id, std::uint8_t>> unreadable;
  {
    auto select = database.prepare(
        "SELECT m.scope, s.privacy, s.record, s.base FROM membership m CROSS JOIN class_state s "
        "ON s.record = m.record WHERE m.scope = ifnull(?1, m.scope) AND length(s.base) > 0");
    const bool is_one = std::all_of(places.begin(), places.end(), [&](const FeedPlace& place) {
      return place.scope == places.front().scope;
    });
    if (is_one && !places.empty()) select.bind(1, places.front().scope);
    LX_DO(each_row(select, [&] {
      const auto sum = sums.find({select.id(0), static_cast<std::uint8_t>(select.integer(1))});
      if (sum == sums.end()) return;
      const BaseRow row{select.id(2), select.blob(3)};
      const auto leaf = leaf_of(row, sum->first.privacy);
      if (!leaf.ok()) unreadable.insert({row.record, sum->first.privacy});
      if (!leaf.ok() || *leaf == Digest128{}) return;
      sum->second.digest += *leaf;
      ++sum->second.records;
    }));
  }
  for (const auto& [record, privacy] : unreadable) {
    log_event("healing.unreadable", {{"record", record.text()}});
    auto erase = database.prepare(
        "DELETE FROM state WHERE place = 256 * (SELECT number FROM record WHERE id = ?) + ?");
    LX_DO(erase.bind(1, record).bind(2, int{privacy}).run());
  }
  for (const auto& [place, sum] : sums) {
    auto upsert = database.prepare(
        "INSERT INTO digest VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET records = excluded.records, "
        "digest = excluded.digest WHERE records != excluded.records OR digest != excluded.digest");
    upsert.bind(1, place.scope).bind(2, int{place.privacy}).bind(3, sum.records);
    LX_DO(upsert.bind_blob(4, sum.digest.bytes()).run());
  }
  return {};
}

Status Healing::recount_when_due(WallMs now_ms) {
  LX_TRY(const auto last, records_.meta().integer(kMetaRecounted));
  if (last && now_ms >= *last && now_ms - *last < kRecountEveryMs) return {};
  if (last) {
    LX_TRY(const auto places, feed_places(records_.database()));
    LX_DO(recount(places));
  }
  return records_.meta().set(kMetaRecounted, now_ms);
}

Status Healing::compared(const std::vector<FeedPlace>& unequal) {
  std::erase_if(tasks_, [&](const auto& one) {
    return one.second.is_done() || std::find(unequal.begin(), unequal.end(), one.first) == unequal.end();
  });
  std::vector<FeedPlace> counted;
  for (const FeedPlace& place : unequal) {
    if (tasks_.count(place) > 0 || ++tries_[place] > kTriesMax) continue;
    log_event("healing.unequal", {{"scope", place.scope.text()}, {"class", std::to_string(place.privacy)}});
    counted.push_back(place);
    tasks_[place].split = {wire::whole_range()};
  }
  return counted.empty() ? Status() : recount(counted);
}

bool Healing::wants_exchange() const {
  return exchanges_ < kExchangesMax && (!tasks_.empty() || !reports_.empty());
}

Bytes Healing::request() {
  if (!wants_exchange()) return {};
  ++exchanges_;
  wire::HealRequest request;
  request.repaired = std::move(reports_);
  reports_.clear();
  for (auto& [place, task] : tasks_) {
    wire::HealAsk ask{place.scope, place.privacy, task.split, task.fetch};
    ask.split.resize(std::min(ask.split.size(), kAsksMax));
    ask.fetch.resize(std::min(ask.fetch.size(), kAsksMax));
    task.asked = ask.split.size();
    request.asks.push_back(std::move(ask));
  }
  return wire::encode_part(request);
}

Status Healing::take_sums(const FeedPlace& place, const wire::HealTold& told, Task& task) {
  task.split.erase(task.split.begin(), task.split.begin() + static_cast<std::ptrdiff_t>(task.asked));
  task.asked = 0;
  for (const wire::RangeSum& theirs : told.sums) {
    LX_TRY(const wire::RangeSum ours, sum_in(records_.database(), place, theirs.range));
    if (ours.digest == theirs.digest && ours.records == theirs.records) continue;
    const bool is_small = theirs.records <= kFetchAtMost;
    (is_small ? task.fetch : task.split).push_back(theirs.range);
  }
  return {};
}

Status Healing::bring(const wire::HealedChanges& brought) {
  brought_.clear();
  for (const wire::OfferedChange& one : brought.changes) {
    LX_TRY(const sync::change::ChangeBody body, sync::change::decode_body(one.change.body));
    brought_[body.id] = one;
  }
  return {};
}

/// As before a state that a feed tells: a server that loses them can be given them (7.1).
Status Healing::keep_shown(const wire::StateRow& row, FeedWriter& feeds) {
  LX_TRY(const merge::ClassState state, merge::decode_class_state(row.state));
  for (const auto& [id, meta] : state.metas) {
    const auto found = brought_.find(id);
    if (found == brought_.end()) continue;
    const wire::OfferedChange& one = found->second;
    LX_DO(feeds.keep(one.change.body, one.change.values, {one.effective_ms, one.suspect, {}}));
  }
  return {};
}

Result<std::uint64_t> Healing::take_rows(const FeedPlace& place, const wire::HealTold& told,
                                         FeedWriter& feeds, std::uint64_t own_kept) {
  std::map<Id, Bytes> ours;
  for (const wire::IdRange& range : told.whole) {
    LX_TRY(auto rows, rows_in(records_.database(), place, range));
    for (BaseRow& row : rows)
      ours[row.record] = std::move(row.base);
  }
  std::uint64_t repaired = 0;
  const bool is_view = (told.position >> kViewShift & 1) != 0;
  for (const wire::StateRow& row : told.rows) {
    if (!is_within(told.whole, row.record)) continue;
    const auto mine = ours.find(row.record);
    const bool is_same = mine != ours.end() && mine->second == row.state;
    if (mine != ours.end()) ours.erase(mine);
    if (is_same) continue;
    LX_DO(keep_shown(row, feeds));
    const FeedRow right{row.record, row.kind, row.parent, row.state};
    LX_DO(is_view ? feeds.view_row(place, right, own_kept) : feeds.row(place, right, own_kept));
    ++repaired;
  }
  for (const auto& [record, base] : ours) {
    LX_DO(feeds.forget(place, record));
    ++repaired;
  }
  return repaired;
}

Result<std::uint64_t> Healing::take(const wire::HealAnswer& answer, FeedWriter& feeds,
                                    std::uint64_t own_kept) {
  std::uint64_t all = 0;
  for (const wire::HealTold& told : answer.told) {
    const FeedPlace place{told.scope, told.privacy};
    const auto task = tasks_.find(place);
    LX_TRY(const std::uint64_t cursor, cursor_of(records_.database(), place));
    if (task == tasks_.end() || cursor != told.position) continue;
    LX_DO(take_sums(place, told, task->second));
    LX_TRY(const std::uint64_t repaired, take_rows(place, told, feeds, own_kept));
    std::erase_if(task->second.fetch, [&](const wire::IdRange& range) {
      return std::find(told.whole.begin(), told.whole.end(), range) != told.whole.end();
    });
    if (repaired == 0) continue;
    log_event("healing.repaired", {{"scope", place.scope.text()}, {"records", std::to_string(repaired)}});
    reports_.push_back({place.scope, place.privacy, repaired});
    all += repaired;
  }
  return all;
}

}  // namespace lianxin::client::store
