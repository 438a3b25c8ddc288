#include "sync/server/service/feed_pages.hpp"

#include <algorithm>
#include <map>

#include "shared/base/log.hpp"
#include "sync/merge/record_state.hpp"
#include "sync/server/service/exchange.hpp"
#include "sync/server/service/pairings.hpp"
#include "sync/wire/told_size.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kRowsAhead = 500;
/// Past so much an answer is cut inside an action too: no message holds more. An action that no answer could
/// hold whole is none of a person's; one of up to 8 MB stays whole for who reads 2 MB at once.
constexpr std::size_t kPagesBytesMax = 10 * 1024 * 1024;
/// A state above this fits no message beside others: intake keeps states below `kStateBytesMax`. One that an
/// earlier program let grow is not told, and the receipt shows the difference.
constexpr std::size_t kEntryBytesMax = 4 * 1024 * 1024 + 4096;

/// Of one record that is told as its state: so much of the changes that its state shows goes with it.
constexpr std::size_t kHeadsBytesMax = 1024 * 1024;

bool is_change(store::FeedKind kind) {
  return kind == store::FeedKind::kChange || kind == store::FeedKind::kInert;
}
bool is_change(const store::FeedRow& row) { return is_change(row.kind); }

}  // namespace

FeedPages::FeedPages(store::Reader& reader, FeedMemory& memory, const wire::ExchangeRequest& request,
                     bool same_epoch, std::size_t bytes_max)
    : reader_(reader),
      memory_(memory),
      own_(request.replica),
      own_counter_(request.own_counter),
      same_epoch_(same_epoch),
      bytes_max_(bytes_max) {
  if (const Bytes* part = wire::find_part(request.parts, wire::kPartErased); part != nullptr) {
    const auto erased = codec::decode<wire::ErasedValues>(*part);
    if (erased.ok()) erased_ = *erased;
  }
  for (const wire::Cursor& cursor : request.cursors)
    cursors_[{cursor.scope, cursor.privacy}] = cursor.position;
}

Result<FeedPages::Feed> FeedPages::open(const Held& held, const HeldClass& held_class) {
  Feed feed;
  feed.key = {held.scope, held_class.privacy, held_class.audience};
  if (!held_class.audience.is_nil()) feed.own_view = kOwnViewBit | whole_->mark(held_class.privacy);
  LX_TRY(feed.head, reader_.feed_head(feed.key));
  const auto cursor = cursors_.find({held.scope, held_class.privacy});
  feed.has_cursor = cursor != cursors_.end();
  if (feed.has_cursor) {
    const std::uint64_t position = cursor->second & (kOwnViewBit - 1);
    const bool same_view = cursor->second - position == feed.own_view;
    if (same_epoch_ && same_view && position <= feed.head.position) {
      feed.from = position;
    } else {
      feed.begins_anew = true;
    }
  } else {
    // Be it empty: only a position that the reader has tells one day that the class is held whole no longer.
    feed.begins_anew = feed.own_view > kOwnViewBit;
  }
  feed.at = feed.from;
  return feed;
}

/// A long feed about few records: of each record only the last entry is told, as the state it led to.
/// Entries of the reader's own changes stay: they tell it that these are in the base now.
Status FeedPages::condense(Feed& feed) {
  const std::uint64_t length = feed.head.position - feed.from;
  if (length <= kReplayMax || length <= 2 * feed.head.records) return {};
  feed.is_condensed = true;
  LX_TRY(const auto marks, reader_.feed_marks(feed.key, feed.from));
  std::map<Id, std::uint64_t> last;
  for (const store::FeedMark& mark : marks)
    last[mark.record] = mark.position;
  for (const store::FeedMark& mark : marks) {
    const bool is_last = last.at(mark.record) == mark.position;
    if (!is_last && !(is_change(mark.kind) && mark.replica == own_)) continue;
    feed.wanted.push_back(mark.position);
    feed.is_last.push_back(is_last);
  }
  return {};
}

/// A record that has always been in this scope and in no other, and whose changes are all there is to tell:
/// neither did it leave and come back, nor was anything of it purged. Whoever reads over several answers is
/// told the same in each.
Result<bool> FeedPages::is_settled(const Feed& feed) {
  const KeptEntry& kept = *feed.rows[feed.next];
  if (kept.is_settled) return true;
  const std::pair place{feed.entry().record, feed.key.scope};
  auto known = settled_.find(place);
  if (known == settled_.end()) {
    LX_TRY(const bool settled, reader_.is_only_in(place.first, place.second));
    known = settled_.emplace(place, settled).first;
  }
  kept.is_settled = known->second;
  return known->second;
}

/// Feeds of several scopes tell of a record that moved between them, and who reads them one after the other
/// must not lay old entries over a newer state: of such a record only the last entry is told, as the state of
/// now, or that it left; and own changes, as ever.
Result<bool> FeedPages::is_passed_over(Feed& feed) {
  const store::FeedRow& row = feed.entry();
  feed.as_state = false;
  if (feed.own_view != 0 && feed.key.privacy == kSharedClass) return is_passed_over_in_view(feed);
  LX_TRY(const bool settled, is_settled(feed));
  if (settled) return false;
  LX_TRY(feed.as_state, is_last(feed));
  return !feed.as_state && !(is_change(row) && row.change.replica == own_);
}

/// The last entry of its record in this feed.
Result<bool> FeedPages::is_last(Feed& feed) {
  if (!feed.last) {
    LX_TRY(const auto marks, reader_.feed_marks(feed.key, feed.from));
    feed.last.emplace();
    for (const store::FeedMark& mark : marks)
      (*feed.last)[mark.record] = mark.position;
  }
  return feed.last->at(feed.entry().record) == feed.entry().position;
}

/// A view that may have been taken away since: others' work in it is told only to who holds it now. The last
/// entry is told as the state of now.
Result<bool> FeedPages::is_passed_over_in_view(Feed& feed) {
  const store::FeedRow& row = feed.entry();
  LX_TRY(feed.as_state, is_last(feed));
  if (feed.as_state || (is_change(row) && row.change.replica == own_)) return false;
  if (!is_change(row)) return true;
  const auto known = shared_.find({row.record, feed.key.audience});
  if (known != shared_.end()) return !known->second;
  LX_TRY(const auto workers, reader_.shared_with(row.record));
  const bool shared = std::find(workers.begin(), workers.end(), feed.key.audience) != workers.end();
  shared_[{row.record, feed.key.audience}] = shared;
  return !shared;
}

Status FeedPages::load_row(Feed& feed) {
  if (feed.is_condensed) {
    const std::uint64_t wanted = feed.wanted[feed.wanted_next];
    LX_TRY(feed.rows, memory_.read(reader_, mark_, feed.key, wanted - 1, wanted, 1, false));
    feed.next = 0;
    feed.as_state = feed.is_last[feed.wanted_next];
  } else if (feed.next == feed.rows.size()) {
    const bool keeping = feed.from > 0;  // who reads from the start reads once what the others have long had
    LX_TRY(feed.rows,
           memory_.read(reader_, mark_, feed.key, feed.at, feed.head.position, kRowsAhead, keeping));
    feed.next = 0;
  }
  return feed.next < feed.rows.size() ? Status{}
                                      : Status(fail("store.damaged", {}, "a feed shorter than its head"));
}

/// Reads on to the next row of a feed that is to be told; the place of its change in the log orders the
/// classes of a scope.
Status FeedPages::load_next(Feed& feed) {
  feed.has_next = false;
  while (!feed.is_done()) {
    LX_DO(load_row(feed));
    if (!feed.is_condensed) {
      LX_TRY(const bool passed_over, is_passed_over(feed));
      if (passed_over) {
        feed.at = feed.entry().position;
        ++feed.next;
        continue;
      }
    }
    feed.has_next = true;
    feed.order = std::max(feed.order, feed.cause().sequence);
    return {};
  }
  return {};
}

/// The reader has body and values of it. What others brought of its chain ahead of where it stands now,
/// because its disk was put back, it has not.
bool FeedPages::is_in_hand(const ChangeId& id) const {
  return id.replica == own_ && id.counter <= own_counter_ && !erased_.has(id.counter);
}

Result<wire::FeedEntry> FeedPages::entry_of(const store::FeedRow& row, const store::LogRow& cause) {
  wire::FeedEntry entry;
  entry.position = row.position;
  entry.ghosts = row.ghosts;
  if (!is_change(row)) {
    entry.kind = row.kind == store::FeedKind::kEnter ? wire::EntryKind::kEnter : wire::EntryKind::kEvict;
    entry.record = row.record;
    entry.record_kind = row.record_kind;
    entry.parent = row.parent;
    entry.state =
        row.kind == store::FeedKind::kEvict ? codec::encode(wire::LeftAt{cause.effective_ms}) : row.state;
    return entry;
  }
  entry.id = row.change;
  entry.effective_ms = cause.effective_ms;
  entry.suspect = cause.suspect;
  const bool inert = row.kind == store::FeedKind::kInert;
  LX_TRY(const auto other_names, renamed_body(cause));
  // Its author can tell an own change by its id only as long as both know it by the same names.
  if (is_in_hand(row.change) && !other_names) {
    entry.kind = wire::EntryKind::kOwn;
    entry.own_inert = inert;
    return entry;
  }
  entry.kind = inert ? wire::EntryKind::kInert : wire::EntryKind::kApplied;
  entry.body = other_names.value_or(cause.body);
  if (!inert) entry.values = cause.values;
  return entry;
}

/// The body under the names everyone uses; nullopt = as it was signed.
Result<std::optional<Bytes>> FeedPages::renamed_body(const store::LogRow& row) {
  if (!has_branches_) {
    LX_TRY(const auto replicas, reader_.replicas());
    has_branches_ = std::any_of(replicas.begin(), replicas.end(),
                                [](const store::ReplicaRow& replica) { return replica.fork_of.number != 0; });
  }
  if (!*has_branches_) return std::optional<Bytes>();
  auto known = branches_.find(row.id.replica);
  if (known == branches_.end()) {
    LX_TRY(const Branch branch, branch_named(reader_, row.id.replica));
    known = branches_.emplace(row.id.replica, branch).first;
  }
  LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
  if (known->second.names.empty() && !names_by_hash(body)) return std::optional<Bytes>();
  LX_TRY(const change::ChangeBody named, renamed(reader_, body, known->second, row.sequence));
  Bytes bytes = change::encode_body(named);
  return bytes == row.body ? std::optional<Bytes>() : std::optional(std::move(bytes));
}

/// The present state of a record whose last entry this is; nothing when it is not of this class any more.
/// Where an older program served, what left while its reader had no view of it has no entry of that in his
/// feed, and may be open to him where it is now.
Result<std::optional<wire::FeedEntry>> FeedPages::enter_of(const Feed& feed, const store::FeedRow& row) {
  Id audience = feed.key.audience;
  if (feed.own_view != 0) {
    LX_TRY(const auto record, reader_.record(row.record));
    const bool stands_here = record && std::find(record->scopes.begin(), record->scopes.end(),
                                                 feed.key.scope) != record->scopes.end();
    if (!stands_here) {
      wire::FeedEntry entry;
      entry.position = row.position;
      entry.kind = wire::EntryKind::kEvict;
      entry.record = row.record;
      entry.record_kind = row.record_kind;
      entry.parent = row.parent;
      return std::optional(std::move(entry));
    }
    LX_TRY(const bool is_whole_elsewhere, whole_->has(row.record, feed.key.privacy));
    if (is_whole_elsewhere) audience = Id{};
  }
  LX_TRY(const auto states, reader_.states(row.record));
  for (const store::StateRow& one : states) {
    if (one.privacy != feed.key.privacy || one.audience != audience) continue;
    wire::FeedEntry entry;
    entry.position = row.position;
    entry.kind = wire::EntryKind::kEnter;
    entry.record = row.record;
    entry.record_kind = row.record_kind;
    entry.parent = row.parent;
    entry.state = one.state;
    return std::optional(std::move(entry));
  }
  return std::optional<wire::FeedEntry>();
}

Result<std::vector<wire::FeedEntry>> FeedPages::shown_by(BytesView bytes) {
  LX_TRY(const merge::ClassState state, merge::decode_class_state(bytes));
  std::vector<store::LogRow> rows;
  for (const auto& [id, meta] : state.metas) {
    if (is_in_hand(id)) continue;
    LX_TRY(auto row, reader_.change(id));
    if (row && row->status == store::ChangeStatus::kApplied) rows.push_back(std::move(*row));
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
  std::vector<wire::FeedEntry> out;
  std::size_t size = 0;
  for (const store::LogRow& row : rows) {
    store::FeedRow about;
    about.change = row.id;
    LX_TRY(wire::FeedEntry entry, entry_of(about, row));
    size += wire::told_size(entry);
    if (size > kHeadsBytesMax) break;
    out.push_back(std::move(entry));
  }
  return out;
}

Status FeedPages::tell(Feed& feed) {
  const store::FeedRow& row = feed.entry();
  const auto add = [&](wire::FeedEntry entry) -> Status {
    if (wire::told_size(entry) > kEntryBytesMax) {
      log_event("feed.too_large", {{"record", row.record.text()}, {"scope", feed.key.scope.text()}});
      return {};
    }
    if (entry.kind == wire::EntryKind::kEnter) {
      LX_TRY(auto shown, shown_by(entry.state));
      for (wire::FeedEntry& one : shown) {
        one.position = entry.position;
        bytes_ += wire::told_size(one);
        feed.entries.push_back(std::move(one));
      }
    }
    bytes_ += wire::told_size(entry);
    feed.entries.push_back(std::move(entry));
    return {};
  };
  const bool as_state = feed.as_state && row.kind != store::FeedKind::kEvict;
  if (!as_state || (is_change(row) && row.change.replica == own_)) {
    LX_TRY(auto entry, entry_of(row, feed.cause()));
    LX_DO(add(std::move(entry)));
    feed.told.insert(row.record);
  }
  if (as_state) {
    LX_TRY(auto entry, enter_of(feed, row));
    LX_TRY(const bool is_nothing, is_news_of_nothing(feed, entry));
    if (entry && !is_nothing) LX_DO(add(std::move(*entry)));
  }
  if (row.kind == store::FeedKind::kEvict && feed.own_view == 0 && is_own_only(feed.key.privacy))
    LX_DO(note_left(row.record, feed.key.privacy));
  feed.at = row.position;
  ++feed.next;
  ++feed.wanted_next;
  return load_next(feed);
}

/// The classes of one scope together, in the order of intake, cut only between actions (5.4), save where one
/// action is more than an answer can hold.
Status FeedPages::fill_scope(std::vector<Feed>& feeds) {
  for (Feed& feed : feeds) {
    LX_DO(condense(feed));
    LX_DO(load_next(feed));
  }
  std::optional<std::pair<ReplicaId, std::uint64_t>> action;
  for (;;) {
    Feed* first = nullptr;
    for (Feed& feed : feeds) {
      if (feed.has_next && (first == nullptr || feed.order < first->order)) first = &feed;
    }
    if (first == nullptr) return {};
    const std::pair<ReplicaId, std::uint64_t> next{first->cause().id.replica, first->cause().action};
    if (bytes_ >= bytes_max_ && (action != next || bytes_ >= kPagesBytesMax)) return {};
    action = next;
    LX_DO(tell(*first));
  }
}

Status FeedPages::fill_one(const Held& held, wire::ExchangeAnswer& answer) {
  std::vector<Feed> feeds;
  bool has_news = false;
  for (const HeldClass& held_class : held.classes) {
    LX_TRY(Feed feed, open(held, held_class));
    has_news = has_news || !feed.is_done() || feed.begins_anew;
    // A reader that had read some of it, in another life of the server, is told that it is empty.
    const bool is_told =
        feed.head.position != 0 || feed.begins_anew || cursors_.count({held.scope, feed.key.privacy}) > 0;
    ends_[{held.scope, feed.key.privacy}] = {feed.head, feed.own_view, feed.at, is_told};
    feeds.push_back(std::move(feed));
  }
  if (!has_news) return {};
  if (bytes_ >= bytes_max_) {
    answer.more = true;
    return {};
  }
  LX_DO(fill_scope(feeds));
  for (Feed& feed : feeds) {
    answer.more = answer.more || !feed.is_done();
    ends_[{held.scope, feed.key.privacy}].at = feed.at;
    if (feed.at == feed.from && !feed.begins_anew) continue;
    wire::FeedPage page;
    page.scope = feed.key.scope;
    page.privacy = feed.key.privacy;
    page.from = feed.from | feed.own_view;
    page.to = feed.at | feed.own_view;
    page.entries = std::move(feed.entries);
    answer.pages.push_back(std::move(page));
  }
  return {};
}

/// It has left where its class is held whole, and may stand where only a view of it is held.
Status FeedPages::note_left(const Id& record, std::uint8_t privacy) {
  LX_TRY(const auto row, reader_.record(record));
  LX_TRY(const bool is_whole_elsewhere, whole_->has(record, privacy));
  if (!row || is_whole_elsewhere) return {};
  for (const Held& held : *scopes_) {
    if (std::find(row->scopes.begin(), row->scopes.end(), held.scope) == row->scopes.end()) continue;
    for (const HeldClass& one : held.classes) {
      if (one.privacy != privacy || one.audience.is_nil()) continue;
      std::vector<wire::FeedEntry>& entries = left_[{held.scope, privacy}][record];
      if (!entries.empty()) continue;
      LX_TRY(wire::FeedEntry entry, shown_of({held.scope, privacy, one.audience}, *row));
      LX_TRY(entries, shown_by(entry.state));
      entries.push_back(std::move(entry));
      for (const wire::FeedEntry& told : entries)
        bytes_ += wire::told_size(told);
    }
  }
  return {};
}

Result<std::vector<wire::ScopeDigest>> FeedPages::sums() {
  std::vector<wire::ScopeDigest> out;
  for (const auto& [place, end] : ends_) {
    LX_TRY(const auto instead, whole_->instead_of(end.head.key));
    if (!end.is_told && instead.empty()) continue;
    const std::uint64_t position = end.is_told ? end.head.position | end.own_view : 0;
    wire::ScopeDigest sum{place.first, place.second, position, end.head.records, end.head.digest};
    for (const auto& [record, whole] : instead) {
      LX_TRY(const auto states, reader_.states(record));
      for (const store::StateRow& one : states) {
        if (one.privacy != place.second || one.audience != end.head.key.audience) continue;
        LX_TRY(const merge::ClassState view, merge::decode_class_state(one.state));
        const Digest128 leaf = merge::digest_leaf(record, place.second, view);
        sum.digest -= leaf;
        if (leaf != Digest128{}) --sum.records;
      }
      LX_TRY(const merge::ClassState state, merge::decode_class_state(whole.state));
      const Digest128 leaf = merge::digest_leaf(record, place.second, state);
      sum.digest += leaf;
      if (leaf != Digest128{}) ++sum.records;
    }
    out.push_back(sum);
  }
  return out;
}

Status FeedPages::fill(const std::vector<Held>& scopes, wire::ExchangeAnswer& answer) {
  LX_TRY(mark_, reader_.mark_of_rewrites());
  whole_.emplace(reader_, scopes);
  scopes_ = &scopes;
  for (const Held& held : scopes)
    LX_DO(fill_one(held, answer));
  tell_left(answer);
  if (!answer.more) {
    LX_TRY(answer.digests, sums());
  }
  return {};
}

}  // namespace lianxin::sync::server
