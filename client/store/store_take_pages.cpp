// The pages of an answer.
#include <algorithm>

#include "client/store/erasure.hpp"
#include "client/store/page_order.hpp"
#include "client/store/store_take.hpp"
#include "shared/codec/codec.hpp"
#include "sync/change/change.hpp"
#include "sync/wire/leaving.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace wire = sync::wire;

namespace {

FeedRow row_of(const wire::FeedEntry& entry) {
  return {entry.record, entry.record_kind, entry.parent, entry.state};
}

FeedLeft left_of(const wire::FeedEntry& entry) {
  const auto left = codec::decode<wire::LeftAt>(entry.state);
  return {entry.record_kind, left.ok() ? left->at_ms : 0};
}

}  // namespace

/// Others' changes, in whatever order of records is quick.
Status AnswerTaking::take_changes(const std::vector<ToldChange>& told) {
  std::vector<change::ChangeBody> bodies;
  bodies.reserve(told.size());
  for (const ToldChange& one : told) {
    LX_TRY(change::ChangeBody body, change::decode_body(one.entry->body));
    bodies.push_back(std::move(body));
  }
  for (const std::size_t i : by_record(bodies)) {
    const wire::FeedEntry& entry = *told[i].entry;
    if (has_peers_) LX_DO(make_way(entry));
    LX_TRY(const bool fresh, feeds_.applied(told[i].place, bodies[i], entry.body, entry.values,
                                            {entry.effective_ms, entry.suspect, entry.ghosts}));
    if (fresh) ++taken_.received;
  }
  return feeds_.store_waiting();
}

/// A colleague's copy of the change gives way to it.
Status AnswerTaking::make_way(const wire::FeedEntry& entry) {
  LX_DO(feeds_.store_waiting());
  return peers_.make_way(entry.id, entry.body);
}

Result<bool> AnswerTaking::take_entry(const FeedPlace& place, const wire::FeedEntry& entry) {
  const FeedVerdict verdict{entry.effective_ms, entry.suspect, entry.ghosts};
  if (has_peers_ && !entry.body.empty()) LX_DO(make_way(entry));
  switch (entry.kind) {
    case wire::EntryKind::kApplied:
      break;  // take_changes
    case wire::EntryKind::kInert:
      return feeds_.inert(place, entry.body, verdict);
    case wire::EntryKind::kOwn:
      return feeds_.own(place, entry.id, entry.own_inert, verdict);
    case wire::EntryKind::kEnter:
      return is_view_ ? feeds_.view_row(place, row_of(entry), own_settled_)
                      : feeds_.row(place, row_of(entry), own_settled_);
    case wire::EntryKind::kEvict:
      return feeds_.evict(place, entry.record, left_of(entry));
  }
  return fail("wire.malformed");
}

namespace {

bool is_of_view(std::uint64_t position) { return (position >> kViewShift & 1) != 0; }

}  // namespace

/// What of a page is to be taken.
struct AnswerTaking::Reach {
  bool nothing = false;
  bool begins_anew = false;
  bool went_back = false;   ///< the server stands before what it has told in this same life
  bool beside = false;      ///< of records that left where their class was held whole
  std::uint64_t after = 0;  ///< entries up to here are in already
};

/// A late file may tell of what has been taken from us since (6.3).
Result<bool> AnswerTaking::may_hold(const FeedPlace& place) {
  if (file_ == nullptr) return true;
  auto held = records_.database().prepare("SELECT 1 FROM held WHERE scope = ? AND classes >> ? & 1");
  return held.bind(1, place.scope).bind(2, int{place.privacy}).step();
}

/// A class that is a view from this answer on begins before anything of it is read. A scope's pages may bring
/// a record in while those of another, which held its class whole and does so no longer, are still to come.
Status AnswerTaking::begin_views() {
  for (const wire::FeedPage& page : answer_.pages) {
    if (!is_of_view(page.to)) continue;
    const FeedPlace place{page.scope, page.privacy};
    LX_TRY(const Reach reach, reach_of(page));
    LX_TRY(const bool is_held, may_hold(place));
    if (reach.nothing || !is_held || !reach.begins_anew) continue;
    if (reach.went_back) LX_DO(offer_what_is_lost());
    LX_DO(begin_feed_anew(place, page.to));
    LX_DO(feeds_.begin_view(place, page.to));
    LX_DO(read_to(place, page.from));
  }
  return {};
}

Status AnswerTaking::read_to(const FeedPlace& place, std::uint64_t position) {
  auto upsert = records_.database().prepare(
      "INSERT INTO cursor(scope, privacy, position) VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET position = "
      "excluded.position");
  return upsert.bind(1, place.scope).bind(2, int{place.privacy}).bind(3, position).run();
}

Result<AnswerTaking::Reach> AnswerTaking::reach_of(const wire::FeedPage& page) {
  Reach reach;
  auto select = records_.database().prepare("SELECT position FROM cursor WHERE scope = ? AND privacy = ?");
  LX_TRY(const bool found, select.bind(1, page.scope).bind(2, int{page.privacy}).step());
  reach.beside = page.from == page.to && !page.entries.empty();
  if (!found) return reach;
  const std::uint64_t cursor = select.natural(0);
  if (reach.beside) {
    reach.nothing = cursor != page.to;
    return reach;
  }
  reach.nothing = cursor == page.to;  // an answer that came twice
  reach.begins_anew = cursor != page.from;
  const bool is_same_view = cursor >> kViewShift == page.to >> kViewShift;
  if (file_ == nullptr) {
    reach.went_back = reach.begins_anew && is_same_view && page.to < cursor;
    return reach;
  }
  // Files come in any order. Positions of one view can be compared; another view begins anew, once.
  if (is_same_view) {
    reach.nothing = page.to <= cursor;
    reach.begins_anew = false;
    reach.after = cursor;
  } else {
    reach.nothing = !file_->newest;
    reach.begins_anew = true;
  }
  return reach;
}

/// Where the pages end that follow one another from `first` on, are of one scope and tell nothing but others'
/// changes, in feeds that go on where they were read to.
Result<std::size_t> AnswerTaking::end_of_plain(std::size_t first) {
  const auto is_plain = [&](const wire::FeedPage& page) {
    return page.scope == answer_.pages[first].scope && page.rows.empty() && !is_of_view(page.to) &&
           !page.entries.empty() && end_of_changes(page.entries, 0) == page.entries.size();
  };
  if (file_ != nullptr) return first;
  std::size_t end = first;
  while (end < answer_.pages.size() && is_plain(answer_.pages[end]))
    ++end;
  if (end < first + 2) return end;  // one by itself is taken as any other
  for (std::size_t at = first; at < end; ++at) {
    LX_TRY(const Reach reach, reach_of(answer_.pages[at]));
    if (reach.nothing || reach.begins_anew || reach.beside) return at;
  }
  return end;
}

/// The classes of a scope together: a record that is told in several is stored once.
Status AnswerTaking::take_pages() {
  for (std::size_t i = 0; i < answer_.pages.size();) {
    LX_TRY(const std::size_t end, end_of_plain(i));
    if (end < i + 2) {
      LX_DO(take_page(answer_.pages[i++]));
      continue;
    }
    is_view_ = false;
    LX_DO(records_.log().look_ahead());
    std::vector<ToldChange> told;
    for (std::size_t at = i; at < end; ++at) {
      const wire::FeedPage& page = answer_.pages[at];
      for (const wire::FeedEntry& entry : page.entries)
        told.push_back({{page.scope, page.privacy}, &entry});
    }
    LX_DO(take_changes(told));
    for (; i < end; ++i)
      LX_DO(read_to({answer_.pages[i].scope, answer_.pages[i].privacy}, answer_.pages[i].to));
  }
  return {};
}

Status AnswerTaking::take_page(const wire::FeedPage& page) {
  const FeedPlace place{page.scope, page.privacy};
  LX_TRY(const Reach reach, reach_of(page));
  if (reach.nothing) return {};
  LX_TRY(const bool is_held, may_hold(place));
  if (!is_held) return {};
  is_view_ = is_of_view(page.to);
  if (reach.went_back) LX_DO(offer_what_is_lost());
  if (reach.begins_anew) LX_DO(begin_feed_anew(place, page.to));
  LX_DO(records_.log().look_ahead());
  const std::uint64_t seen = reach.after & ((std::uint64_t{1} << kViewShift) - 1);
  for (std::size_t i = 0; i < page.entries.size(); ++i) {
    const wire::FeedEntry& entry = page.entries[i];
    if (entry.position <= seen && reach.after != 0) continue;
    if (reach.beside) {
      LX_TRY(const std::size_t next, passed_over(place, page.entries, i));
      if (next > i) {
        i = next - 1;
        continue;
      }
    } else if (const std::size_t end = end_of_changes(page.entries, i); end > i) {
      std::vector<ToldChange> told;
      for (; i < end; ++i)
        told.push_back({place, &page.entries[i]});
      LX_DO(take_changes(told));
      --i;
      continue;
    }
    if (is_in_row(page.entries, i)) {
      if (has_peers_) LX_DO(make_way(entry));
      LX_DO(feeds_.keep(entry.body, entry.values, {entry.effective_ms, entry.suspect, {}}));
      continue;
    }
    LX_TRY(const bool fresh, take_entry(place, entry));
    if (fresh) ++taken_.received;
  }
  // What leaves is counted by the server in the feed of the class that every record has.
  const bool has_left = std::any_of(page.entries.begin(), page.entries.end(),
                                    [](const auto& entry) { return entry.kind == wire::EntryKind::kEvict; });
  if (has_left && place.privacy == 0) LX_DO(Erasure(records_.database()).note_left(place.scope, page.to));
  for (const wire::StateRow& row : page.rows) {
    LX_TRY(const bool fresh,
           feeds_.row(place, {row.record, row.kind, row.parent, row.state}, answer_.ack.counter));
    if (fresh) ++taken_.received;
  }
  return read_to(place, page.to);
}

}  // namespace lianxin::client::store
