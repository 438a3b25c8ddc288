// Views: what a reader is told of a class of which he holds a part (feed_pages.hpp).
#include <algorithm>

#include "sync/merge/merge.hpp"
#include "sync/server/service/feed_pages.hpp"

namespace lianxin::sync::server {

/// In another scope its reader was told of the record in this class, and may not have read yet that it left
/// there.
Result<bool> FeedPages::is_told_elsewhere(const Feed& feed, const Id& record) {
  LX_TRY(const bool was_only_here, reader_.is_only_in(record, feed.key.scope));
  if (was_only_here) return false;
  LX_TRY(const auto told, reader_.feeds_told(record, feed.key.privacy));
  for (const Held& held : *scopes_) {
    if (held.scope == feed.key.scope || cursors_.count({held.scope, feed.key.privacy}) == 0) continue;
    for (const HeldClass& one : held.classes) {
      const store::FeedKey here{held.scope, one.privacy, one.audience};
      if (std::find(told.begin(), told.end(), here) != told.end()) return true;
    }
  }
  return false;
}

/// To who reads from the start, a view that was taken away was never there; but where its position is known,
/// something may have been told beside it, or in the feed of another scope.
Result<bool> FeedPages::is_news_of_nothing(const Feed& feed, const std::optional<wire::FeedEntry>& entry) {
  const bool reads_first = feed.own_view == 0 || feed.begins_anew || !feed.has_cursor;
  if (feed.from != 0 || !reads_first || !entry || feed.told.count(entry->record) > 0) return false;
  if (entry->kind == wire::EntryKind::kEvict) return true;
  if (entry->state != merge::encode_class_state({})) return false;
  LX_TRY(const bool told, is_told_elsewhere(feed, entry->record));
  return !told;
}

/// What a view shows of a record, be it nothing.
Result<wire::FeedEntry> FeedPages::shown_of(const store::FeedKey& view, const store::RecordRow& row) {
  wire::FeedEntry entry;
  entry.kind = wire::EntryKind::kEnter;
  entry.record = row.id;
  entry.record_kind = row.kind;
  entry.parent = row.parent;
  entry.state = merge::encode_class_state({});
  LX_TRY(const auto states, reader_.states(row.id));
  for (const store::StateRow& one : states) {
    if (one.privacy == view.privacy && one.audience == view.audience) entry.state = one.state;
  }
  return entry;
}

/// A page beside the others, which moves no position, for each view.
void FeedPages::tell_left(wire::ExchangeAnswer& answer) {
  for (auto& [place, records] : left_) {
    End& end = ends_.at(place);
    wire::FeedPage page;
    page.scope = place.first;
    page.privacy = place.second;
    page.from = page.to = end.at | end.own_view;
    for (auto& [record, entries] : records) {
      for (wire::FeedEntry& entry : entries) {
        entry.position = end.at;
        page.entries.push_back(std::move(entry));
      }
    }
    answer.pages.push_back(std::move(page));
    end.is_told = true;
  }
}

}  // namespace lianxin::sync::server
