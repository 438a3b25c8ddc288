// Feeds that are a view: of a class of which the worker holds only what was written by himself, or told to
// him.
#include <algorithm>

#include "client/store/feed_writer.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

Result<bool> FeedWriter::is_told_whole(const FeedPlace& place, const Id& record) {
  auto whole = records_.database().prepare(
      "SELECT 1 FROM membership m JOIN cursor c USING(scope) WHERE m.record = ? AND c.privacy = ? AND "
      "m.scope != ? AND c.position >> ? & 1 = 0");
  whole.bind(1, record).bind(2, int{place.privacy}).bind(3, place.scope).bind(4, kViewShift);
  return whole.step();
}

/// What others wrote, and what their values were where own writes replaced them; own values that lost were
/// told with whose won.
Status FeedWriter::forget_others(const FeedPlace& place, const Id& record, const Id& worker) {
  auto& database = records_.database();
  const std::uint8_t privacy = place.privacy;
  LX_TRY(const bool is_whole, is_told_whole(place, record));
  if (is_whole) return {};
  auto others = database.prepare(
      "DELETE FROM change WHERE record = ?1 AND privacy = ?2 AND author != ?3 AND hash IS NULL AND NOT "
      "EXISTS (SELECT 1 FROM peer_change p WHERE p.replica = change.replica AND p.counter = change.counter)");
  LX_DO(others.bind(1, record).bind(2, int{privacy}).bind(3, worker).run());
  auto before = database.prepare(
      "DELETE FROM before WHERE field != 0 AND (replica, counter) IN (SELECT replica, counter FROM change "
      "WHERE record = ?1 AND privacy = ?2)");
  return before.bind(1, record).bind(2, int{privacy}).run();
}

Result<bool> FeedWriter::is_view(const FeedPlace& place) {
  auto select = records_.database().prepare(
      "SELECT 1 FROM cursor WHERE scope = ? AND privacy = ? AND position >> ? & 1 = 1");
  return select.bind(1, place.scope).bind(2, int{place.privacy}).bind(3, kViewShift).step();
}

namespace {

/// Every head in it is this worker's.
bool is_of(const Id& worker, const merge::ClassState& state) {
  return std::all_of(state.metas.begin(), state.metas.end(),
                     [&](const auto& entry) { return entry.second.author == worker; });
}

}  // namespace

Result<bool> FeedWriter::view_row(const FeedPlace& place, const FeedRow& row, std::uint64_t own_settled) {
  LX_DO(store_waiting());
  LX_TRY(const Id me, worker());
  LX_TRY(RecordBox before, records_.load(row.record));
  LX_TRY(const merge::ClassState state, merge::decode_class_state(row.state));
  LX_TRY(const bool changed, this->row(place, row, own_settled));
  if (!is_of(me, state)) return changed;
  auto others =
      records_.database().prepare("SELECT 1 FROM change WHERE record = ? AND privacy = ? AND author != ?");
  others.bind(1, row.record).bind(2, int{place.privacy}).bind(3, me);
  LX_TRY(const bool had_others, others.step());
  if (had_others || !is_of(me, before.base.classes[place.privacy]))
    LX_DO(forget_others(place, row.record, me));
  if (!state.empty()) return changed;
  LX_TRY(const RecordBox box, records_.load(row.record));
  if (!has_base(box) && !box.has_overlay) LX_DO(evict(place, row.record));
  return changed;
}

/// A record that had left, and is still here for the sake of unsent work, a draft or the rest of the answer,
/// comes in by this scope: what was held whole of classes that are not told whole here does not come along. A
/// view, or a feed that begins, says next what it has. True = something went.
Result<bool> FeedWriter::narrow(const FeedPlace& place, RecordBox& box) {
  bool narrowed = false;
  for (auto& [privacy, owner] : box.base.classes) {
    if (privacy == 0 || privacy == place.privacy || owner.empty()) continue;
    auto whole = records_.database().prepare(
        "SELECT 1 FROM cursor WHERE scope = ? AND privacy = ? AND position >> ? & 1 = 0");
    LX_TRY(const bool is_whole, whole.bind(1, place.scope).bind(2, int{privacy}).bind(3, kViewShift).step());
    if (is_whole) continue;
    LX_TRY(const Id me, worker());
    LX_DO(forget_others({place.scope, privacy}, box.base.record, me));
    auto untold = records_.database().prepare(
        "UPDATE change SET in_base = 0, in_overlay = (status = 0 AND hash IS NOT NULL) WHERE record = ? AND "
        "privacy = ? AND in_base = 1");
    LX_DO(untold.bind(1, box.base.record).bind(2, int{privacy}).run());
    records_.log().look_away();
    owner = {};
    narrowed = true;
  }
  return narrowed;
}

Status FeedWriter::begin_view(const FeedPlace& place, std::uint64_t to) {
  LX_DO(store_waiting());
  LX_TRY(const Id me, worker());
  std::vector<Id> written;
  {
    auto select = records_.database().prepare(
        "SELECT record FROM membership m WHERE scope = ?1 AND EXISTS (SELECT 1 FROM change c WHERE c.record "
        "= m.record AND c.privacy = ?2) AND NOT EXISTS (SELECT 1 FROM membership o JOIN cursor v ON v.scope "
        "= "
        "o.scope AND v.privacy = ?2 WHERE o.record = m.record AND o.scope != ?1 AND v.position >> ?3 = ?4)");
    select.bind(1, place.scope).bind(2, int{place.privacy}).bind(3, kViewShift).bind(4, to >> kViewShift);
    LX_DO(each_row(select, [&] { written.push_back(select.id(0)); }));
  }
  for (const Id& record : written)
    LX_DO(forget_others(place, record, me));
  return {};
}

Status FeedWriter::forget_untold() {
  LX_DO(store_waiting());
  LX_TRY(const Id me, worker());
  auto others = records_.database().prepare(
      "DELETE FROM change WHERE hash IS NULL AND in_base = 0 AND privacy != 0 AND author != ?1 AND NOT "
      "EXISTS "
      "(SELECT 1 FROM peer_change p WHERE p.replica = change.replica AND p.counter = change.counter) AND NOT "
      "EXISTS (SELECT 1 FROM membership m JOIN cursor c USING(scope) WHERE m.record = change.record AND "
      "c.privacy = change.privacy AND c.position >> ?2 & 1 = 0)");
  return others.bind(1, me).bind(2, kViewShift).run();
}

}  // namespace lianxin::client::store
