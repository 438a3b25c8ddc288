#include "sync/server/service/healing.hpp"

#include <algorithm>
#include <set>

#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/exchange.hpp"
#include "sync/server/service/feed_pages.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/rebuilding.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kRowsAtOnce = 500;
constexpr std::size_t kSumBytes = 64;
/// The first range of an answer is told whole up to here, whatever the laptop wants to read at once: it asks
/// for few records at a time, and would never get a large one else.
constexpr std::size_t kFirstRangeBytesMax = 8 * 1024 * 1024;
constexpr std::size_t kRepairsMax = 256;  ///< lines of one request

std::optional<store::FeedKey> feed_of(const Access& access, const Id& scope, std::uint8_t privacy) {
  for (const Held& held : access.scopes) {
    if (held.scope != scope) continue;
    for (const HeldClass& one : held.classes) {
      if (one.privacy == privacy) return store::FeedKey{scope, privacy, one.audience};
    }
  }
  return std::nullopt;
}

/// A state nobody can read counts as none.
Digest128 leaf_of(const store::StateRow& row) {
  const auto state = merge::decode_class_state(row.state);
  return state.ok() ? merge::digest_leaf(row.record, row.privacy, *state) : Digest128{};
}

using States = std::map<Id, store::StateRow>;

/// Every state of a feed within a range, by record; those of `instead` in place of the feed's own.
template <class Take>
Status each_state(store::Reader& reader, const store::FeedKey& key, const wire::IdRange& range,
                  const States& instead, const Take& take) {
  auto other = instead.upper_bound(range.after);
  Id after = range.after;
  for (bool is_done = false; !is_done;) {
    LX_TRY(const auto rows, reader.states_in(key, after, kRowsAtOnce));
    is_done = rows.size() < kRowsAtOnce;
    for (const store::StateRow& row : rows) {
      after = row.record;
      is_done = is_done || !range.holds(row.record);
      if (!range.holds(row.record)) break;
      for (; other != instead.end() && other->first < row.record; ++other)
        LX_DO(take(other->second));
      const bool is_other = other != instead.end() && other->first == row.record;
      LX_DO(take(is_other ? (other++)->second : row));
    }
  }
  for (; other != instead.end() && range.holds(other->first); ++other)
    LX_DO(take(other->second));
  return {};
}

Result<wire::RangeSum> sum_of(store::Reader& reader, const store::FeedKey& key, const wire::IdRange& range) {
  wire::RangeSum sum{range, 0, {}};
  LX_DO(each_state(reader, key, range, {}, [&](const store::StateRow& row) -> Status {
    const Digest128 leaf = leaf_of(row);
    if (leaf == Digest128{}) return {};
    sum.digest += leaf;
    ++sum.records;
    return {};
  }));
  return sum;
}

/// The feed's counter row says what its states say.
Result<bool> recount(store::Writer& writer, const store::FeedKey& key) {
  LX_TRY(const store::FeedHead head, writer.feed_head(key));
  LX_TRY(const wire::RangeSum sum, sum_of(writer, key, wire::whole_range()));
  if (sum.digest == head.digest && sum.records == head.records) return false;
  LX_DO(writer.append_feed(key, {}, sum.digest, head.digest,
                           static_cast<std::int64_t>(sum.records) - static_cast<std::int64_t>(head.records)));
  return true;
}

/// Puts the states of one record right from the log; adds the feeds whose digest may differ now.
Result<bool> mend_record(store::Writer& writer, Rebuilder& rebuilder, const Id& record,
                         std::set<store::FeedKey>& touched) {
  LX_DO(writer.lock({}, {record}));
  LX_TRY(const auto row, writer.record(record));
  if (!row) return false;
  LX_TRY(const auto rebuilt, rebuilder.states_of(*row));
  std::map<std::pair<std::uint8_t, Id>, Bytes> stored;
  LX_TRY(const auto states, writer.states(record));
  for (const store::StateRow& one : states)
    stored[{one.privacy, one.audience}] = one.state;
  bool mended = false;
  const auto put_right = [&](std::uint8_t privacy, const Id& audience, Bytes state) -> Status {
    mended = true;
    LX_DO(writer.put_state({record, privacy, audience, std::move(state)}));
    for (const Id& scope : row->scopes)
      touched.insert({scope, privacy, audience});
    return {};
  };
  for (const auto& [audience, state] : rebuilt) {
    for (const auto& [privacy, owner] : state.classes) {
      Bytes right = merge::encode_class_state(owner);
      const auto here = stored.find({privacy, audience});
      const bool is_right = here != stored.end() && here->second == right;
      if (here != stored.end()) stored.erase(here);
      if (is_right) continue;
      LX_DO(put_right(privacy, audience, std::move(right)));
    }
  }
  // A view that no change makes any more is empty.
  const Bytes nothing = merge::encode_class_state({});
  for (const auto& [key, state] : stored) {
    if (state != nothing) LX_DO(put_right(key.first, key.second, nothing));
  }
  return mended;
}

/// Which records of the ranges: those the scope has, whether their states can be read or not.
Result<std::vector<Id>> records_within(store::Reader& reader, const Id& scope,
                                       const std::vector<wire::IdRange>& ranges) {
  std::vector<Id> out;
  if (ranges.empty()) return out;
  LX_TRY(const auto records, reader.records_in(scope));
  std::copy_if(records.begin(), records.end(), std::back_inserter(out), [&](const Id& record) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const wire::IdRange& range) { return range.holds(record); });
  });
  return out;
}

/// Ranges that make up `range`, each with about as many records.
Status split(store::Reader& reader, const store::FeedKey& key, const wire::IdRange& range,
             const States& instead, std::vector<wire::RangeSum>& out) {
  std::vector<std::pair<Id, Digest128>> leaves;
  LX_DO(each_state(reader, key, range, instead, [&](const store::StateRow& row) -> Status {
    leaves.emplace_back(row.record, leaf_of(row));
    return {};
  }));
  const std::size_t each = std::max<std::size_t>(1, (leaves.size() + wire::kHealWays - 1) / wire::kHealWays);
  wire::RangeSum sum{range, 0, {}};
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    if (leaves[i].second != Digest128{}) ++sum.records;
    sum.digest += leaves[i].second;
    if ((i + 1) % each != 0 || i + 1 == leaves.size()) continue;
    sum.range.upto = leaves[i].first;
    out.push_back(sum);
    sum = {{leaves[i].first, range.upto}, 0, {}};
  }
  out.push_back(sum);
  return {};
}

/// All states of one range; false = they would be too many for this answer, and none is told.
Result<bool> fetch(store::Reader& reader, const store::FeedKey& key, const wire::IdRange& range,
                   const States& instead, std::size_t bytes_max, wire::HealTold& told, std::size_t& bytes) {
  const std::size_t most = bytes == 0 ? std::max(bytes_max, kFirstRangeBytesMax) : bytes_max;
  std::vector<wire::StateRow> rows;
  std::size_t more = 0;
  LX_DO(each_state(reader, key, range, instead, [&](const store::StateRow& one) -> Status {
    if (bytes + more > most) return {};
    LX_TRY(const auto record, reader.record(one.record));
    if (!record) return {};
    more += one.state.size();
    rows.push_back({one.record, record->kind, record->parent, one.state});
    return {};
  }));
  if (bytes + more > most) return false;
  bytes += more + 1;
  told.whole.push_back(range);
  told.rows.insert(told.rows.end(), rows.begin(), rows.end());
  return true;
}

/// The changes that the told states show.
Result<wire::HealedChanges> shown_in(store::Reader& reader, const wire::ExchangeRequest& request,
                                     const wire::HealAnswer& ranges, std::size_t bytes_max) {
  wire::HealedChanges out;
  FeedMemory no_feeds;
  FeedPages pages(reader, no_feeds, request, true, bytes_max);
  std::size_t bytes = 0;
  for (const wire::HealTold& told : ranges.told) {
    for (const wire::StateRow& row : told.rows) {
      LX_TRY(auto shown, pages.shown_by(row.state));
      for (wire::FeedEntry& one : shown) {
        bytes += one.body.size() + one.values.size();
        if (bytes > bytes_max) return out;
        out.changes.push_back({{std::move(one.body), std::move(one.values)}, one.effective_ms, one.suspect});
      }
    }
  }
  return out;
}

}  // namespace

Status heal_own(store::Writer& writer, const store::DeviceRow& device, const Access& access,
                const wire::ExchangeRequest& request, WallMs now_ms) {
  const Bytes* content = wire::find_part(request.parts, wire::kPartHealing);
  if (content == nullptr || device.revoked_ms != 0) return {};
  const auto asked = wire::decode_part<wire::HealRequest>(*content);
  if (!asked.ok()) return {};
  std::size_t lines = 0;
  for (const wire::Repaired& one : asked->repaired) {
    if (++lines > kRepairsMax) break;
    LX_TRY(const std::string code, code_of(writer, one.scope));
    LX_DO(writer.append_audit(audit_row(
        now_ms, device.id.text(), "exchange.healed", Id{},
        {{"place", code}, {"class", std::to_string(one.privacy)}, {"count", std::to_string(one.records)}})));
  }
  Rebuilder rebuilder(writer);
  std::set<store::FeedKey> done;
  for (const wire::HealAsk& ask : asked->asks) {
    const auto key = feed_of(access, ask.scope, ask.privacy);
    if (!key || ask.fetch.size() > wire::kHealRangesMax || !done.insert(*key).second) continue;
    std::set<store::FeedKey> touched{*key};
    std::uint64_t mended = 0;
    LX_TRY(const auto records, records_within(writer, ask.scope, ask.fetch));
    for (const Id& record : records) {
      LX_TRY(const bool one, mend_record(writer, rebuilder, record, touched));
      mended += one ? 1 : 0;
    }
    bool counted_anew = false;
    for (const store::FeedKey& feed : touched) {
      LX_TRY(const bool one, recount(writer, feed));
      counted_anew = counted_anew || one;
    }
    if (mended == 0 && !counted_anew) continue;
    LX_TRY(const std::string code, code_of(writer, ask.scope));
    LX_DO(writer.append_audit(audit_row(
        now_ms, kByServer, "store.repaired", Id{},
        {{"place", code}, {"class", std::to_string(ask.privacy)}, {"count", std::to_string(mended)}})));
  }
  return {};
}

Status tell_ranges(store::Reader& reader, const Access& access, const wire::ExchangeRequest& request,
                   const wire::HealRequest& asked, std::size_t bytes_max, wire::ExchangeAnswer& answer) {
  wire::HealAnswer ranges;
  std::size_t bytes = 0;
  std::set<store::FeedKey> done;
  WholeElsewhere whole(reader, access.scopes);
  for (const wire::HealAsk& ask : asked.asks) {
    const auto key = feed_of(access, ask.scope, ask.privacy);
    if (!key || ask.split.size() + ask.fetch.size() > wire::kHealRangesMax) continue;
    if (bytes > bytes_max || !done.insert(*key).second) continue;
    wire::HealTold told{ask.scope, ask.privacy, 0, {}, {}, {}};
    LX_TRY(const store::FeedHead head, reader.feed_head(*key));
    const bool is_told =
        head.position != 0 ||
        std::any_of(request.cursors.begin(), request.cursors.end(), [&](const wire::Cursor& cursor) {
          return cursor.scope == ask.scope && cursor.privacy == ask.privacy;
        });
    told.position = head.position;
    if (is_told && !key->audience.is_nil()) told.position |= kOwnViewBit | whole.mark(ask.privacy);
    LX_TRY(const States instead, whole.instead_of(*key));
    for (const wire::IdRange& range : ask.split)
      LX_DO(split(reader, *key, range, instead, told.sums));
    bytes += told.sums.size() * kSumBytes;
    for (const wire::IdRange& range : ask.fetch) {
      LX_TRY(const bool fits, fetch(reader, *key, range, instead, bytes_max, told, bytes));
      if (!fits) break;
    }
    ranges.told.push_back(std::move(told));
  }
  answer.parts.push_back({wire::kPartHealing, wire::encode_part(ranges)});
  LX_TRY(const wire::HealedChanges shown, shown_in(reader, request, ranges, bytes_max));
  if (!shown.changes.empty()) answer.parts.push_back({wire::kPartHealed, wire::encode_part(shown)});
  return {};
}

}  // namespace lianxin::sync::server
