// Feeds that are told from their start, and pages of before.
#include "client/store/feed_writer.hpp"
#include "client/store/store_take.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace wire = sync::wire;

namespace {

/// The running sums of a class (sync.md 9) out of its states, where following each entry does not do. Whoever
/// holds unwritten parts of them drops these.
Status sum_anew(RecordsImpl& records, std::uint8_t privacy) {
  auto& database = records.database();
  auto erase = database.prepare("DELETE FROM digest WHERE privacy = ?");
  LX_DO(erase.bind(1, int{privacy}).run());
  LX_TRY(const RecordsImpl::Digests digests, records.count_digests());
  for (const auto& [place, sum] : digests.by_place) {
    if (place.second != privacy) continue;
    auto insert = database.prepare("INSERT INTO digest VALUES(?, ?, ?, ?)");
    insert.bind(1, place.first).bind(2, int{privacy}).bind(3, sum.first);
    LX_DO(insert.bind_blob(4, sum.second.bytes()).run());
  }
  return {};
}

}  // namespace

/// Every feed is told from its start, and what it says of a record may be older than what is here: also of
/// what was leaving, and has no feed to go with. Own work stays on the screen until it comes back.
Status AnswerTaking::begin_all_anew() {
  auto& database = records_.database();
  records_.log().look_away();
  LX_DO(database.exec(
      "UPDATE change SET in_base = 0, in_overlay = iif(record IN (SELECT id FROM record), status = 0 "
      "AND (hash IS NOT NULL OR EXISTS (SELECT 1 FROM peer_change p WHERE p.replica = change.replica AND "
      "p.counter = change.counter)), in_overlay)"));
  std::vector<Id> records;
  {
    auto select = database.prepare(
        "SELECT record FROM class_state WHERE length(base) > 0 UNION SELECT c.record FROM change c JOIN "
        "record r ON r.id = c.record");
    LX_DO(each_row(select, [&] { records.push_back(select.id(0)); }));
  }
  for (const Id& record : records) {
    LX_TRY(RecordBox box, records_.load(record));
    for (auto& [privacy, owner] : box.base.classes)
      owner = {};
    LX_DO(records_.lay_overlay(box));
    LX_DO(records_.store(box));
  }
  LX_DO(records_.membership().speak_all());
  for (const char* sql : {"DELETE FROM cursor", "DELETE FROM digest"})
    LX_DO(database.exec(sql));
  return records_.meta().set(kMetaSweep, std::int64_t{1});
}

/// The feed is told from its start: its part of the base goes, own work stays on the screen until it comes
/// back. A record that another scope also brings keeps its state, unless that brings no more than a view of
/// it; but for this view of it, and read anew already (`to` = where the page ends).
Status AnswerTaking::begin_feed_anew(const FeedPlace& place, std::uint64_t to) {
  auto& database = records_.database();
  records_.log().look_away();
  std::vector<Id> members;
  {
    auto select = database.prepare(
        "SELECT record FROM membership m WHERE scope = ?1 AND (EXISTS (SELECT 1 FROM class_state s WHERE "
        "s.record = m.record AND s.privacy = ?2) OR EXISTS (SELECT 1 FROM change c WHERE c.record = "
        "m.record AND c.privacy = ?2)) AND NOT EXISTS (SELECT 1 FROM membership o LEFT JOIN cursor c ON "
        "c.scope = o.scope AND c.privacy = ?2 WHERE o.record = m.record AND o.scope != ?1 AND "
        "(coalesce(c.position, 0) >> ?3 & 1 = 0 OR c.position >> ?3 = ?4))");
    select.bind(1, place.scope).bind(2, int{place.privacy}).bind(3, kViewShift).bind(4, to >> kViewShift);
    LX_DO(each_row(select, [&] { members.push_back(select.id(0)); }));
  }
  for (const Id& record : members) {
    auto forget = database.prepare(
        "UPDATE change SET in_base = 0, in_overlay = (status = 0 AND (hash IS NOT NULL OR EXISTS (SELECT 1 "
        "FROM peer_change p WHERE p.replica = change.replica AND p.counter = change.counter))) WHERE record "
        "= ? AND privacy = ?");
    LX_DO(forget.bind(1, record).bind(2, int{place.privacy}).run());
    LX_TRY(RecordBox box, records_.load(record));
    if (!box.is_known) continue;
    box.base.classes[place.privacy] = {};
    LX_DO(records_.lay_overlay(box));
    LX_DO(records_.store(box));
  }
  auto erase = database.prepare("DELETE FROM cursor WHERE scope = ? AND privacy = ?");
  LX_DO(erase.bind(1, place.scope).bind(2, int{place.privacy}).run());
  if (members.empty()) return {};
  LX_DO(sum_anew(records_, place.privacy));
  feeds_.summed_anew(place.privacy);
  return records_.meta().set(kMetaSweep, std::int64_t{1});
}

/// A file of before tells, beside a position, of a record that has come back since to where its class is held
/// whole, or does not stand here any more: its entries are passed over. Returns where those of the next
/// record begin, `i` = they are to be taken.
Result<std::size_t> AnswerTaking::passed_over(const FeedPlace& place,
                                              const std::vector<wire::FeedEntry>& entries, std::size_t i) {
  if (is_newest()) return i;
  std::size_t at = i;
  while (at < entries.size() && entries[at].kind != wire::EntryKind::kEnter)
    ++at;
  if (at == entries.size()) return i;
  LX_TRY(const bool is_whole, feeds_.is_told_whole(place, entries[at].record));
  auto here = records_.database().prepare("SELECT 1 FROM membership WHERE record = ? AND scope = ?");
  LX_TRY(const bool is_here, here.bind(1, entries[at].record).bind(2, place.scope).step());
  return is_whole || !is_here ? at + 1 : i;
}

}  // namespace lianxin::client::store
