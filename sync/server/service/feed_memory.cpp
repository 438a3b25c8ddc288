#include "sync/server/service/feed_memory.hpp"

#include <algorithm>

namespace lianxin::sync::server {
namespace {

std::size_t size_of(const KeptEntry& kept) {
  constexpr std::size_t kAround = 64;  // of the block it lies in, and of what points to it
  const store::FeedRow& entry = kept.row.entry;
  const store::LogRow& cause = kept.row.cause;
  return sizeof(KeptEntry) + kAround + entry.state.capacity() + entry.ghosts.size() * sizeof(ChangeId) +
         cause.body.capacity() + cause.values.capacity() + cause.reason.capacity() + cause.owner.capacity();
}

}  // namespace

Result<KeptEntries> FeedMemory::read(store::Reader& reader, std::uint64_t mark, const store::FeedKey& key,
                                     std::uint64_t after, std::uint64_t last, std::size_t limit,
                                     bool keeping) {
  KeptEntries found = find(mark, key, after, last, limit);
  if (!found.empty()) return found;
  LX_TRY(auto rows, reader.feed_with_causes(key, after, limit));
  found.reserve(rows.size());
  for (store::FeedEntryRow& row : rows)
    found.push_back(std::make_shared<const KeptEntry>(std::move(row)));
  if (keeping) keep(mark, key, found);
  return found;
}

KeptEntries FeedMemory::find(std::uint64_t mark, const store::FeedKey& key, std::uint64_t after,
                             std::uint64_t last, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (mark != mark_ || place == places_.end()) return {};
  const Stretch& stretch = *place->second;
  if (after + 1 < stretch.first || after + 1 >= stretch.first + stretch.entries.size()) return {};
  stretches_.splice(stretches_.begin(), stretches_, place->second);
  const auto from = stretch.entries.begin() + static_cast<std::ptrdiff_t>(after + 1 - stretch.first);
  const auto left =
      std::min<std::uint64_t>(last - after, static_cast<std::uint64_t>(stretch.entries.end() - from));
  return {from, from + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(left, limit))};
}

/// What follows without a gap, before or behind, is added; past a gap the newer ones stay: most laptops are a
/// day behind, and a new one reads the old ones once.
void FeedMemory::Stretch::add(const KeptEntries& more) {
  const std::uint64_t end = first + entries.size();
  const std::uint64_t more_first = more.front()->row.entry.position;
  const std::uint64_t more_end = more_first + more.size();
  if (more_end < first) return;
  if (entries.empty() || more_first > end) {
    entries.clear();
    bytes = 0;
    first = more_first;
  }
  const auto count = [&](std::uint64_t from, std::uint64_t to) {
    return static_cast<std::ptrdiff_t>(from < to ? to - from : 0);
  };
  const auto before = more.begin() + count(more_first, first);
  const auto behind = more.end() - std::min(count(first + entries.size(), more_end), more.end() - before);
  for (auto one = more.begin(); one != more.end(); ++one) {
    if (one < before || one >= behind) bytes += size_of(**one);
  }
  entries.insert(entries.end(), behind, more.end());
  entries.insert(entries.begin(), more.begin(), before);
  first = std::min(first, more_first);
}

void FeedMemory::keep(std::uint64_t mark, const store::FeedKey& key, const KeptEntries& entries) {
  if (entries.empty()) return;
  const std::lock_guard lock(mutex_);
  if (mark != mark_) forget_all();
  mark_ = mark;
  auto place = places_.find(key);
  if (place == places_.end()) {
    stretches_.push_front({key, 0, {}, 0});
    place = places_.emplace(key, stretches_.begin()).first;
  }
  bytes_ -= place->second->bytes;
  place->second->add(entries);
  bytes_ += place->second->bytes;
  forget_beyond_bound();
}

void FeedMemory::forget_all() {
  stretches_.clear();
  places_.clear();
  bytes_ = 0;
}

void FeedMemory::forget_beyond_bound() {
  while (bytes_ > bytes_max_ && !stretches_.empty()) {
    bytes_ -= stretches_.back().bytes;
    places_.erase(stretches_.back().key);
    stretches_.pop_back();
  }
}

std::size_t FeedMemory::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace lianxin::sync::server
