#pragma once
// Entries of feeds that answers have told lately, kept in memory: the laptops of one township read the same
// feeds one after another, so that the store is read for what is new and not for each of them. A feed only
// grows; what was rewritten in it (a purge) or turned out to have moved is noticed by the store's own mark
// (Reader::mark_of_rewrites), also when another process wrote it, and then all is forgotten.
#include <atomic>
#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// An entry, shared by all answers that tell of it.
struct KeptEntry {
  explicit KeptEntry(store::FeedEntryRow told) : row(std::move(told)) {}
  store::FeedEntryRow row;
  /// Known to be of a record that is only in the feed's scope (Reader::is_only_in), as long as the store's
  /// mark is the same.
  mutable std::atomic<bool> is_settled{false};
};
using KeptEntries = std::vector<std::shared_ptr<const KeptEntry>>;

class FeedMemory {
 public:
  static constexpr std::size_t kBytesMax = 16 * 1024 * 1024;
  explicit FeedMemory(std::size_t bytes_max = kBytesMax) : bytes_max_(bytes_max) {}

  /// Entries of a feed after `after`, not beyond `last`, its end as the reader sees it: at least one, at most
  /// `limit`, without a gap. `mark` = the reader's Reader::mark_of_rewrites. `keeping` = what had to be read
  /// is kept. Any thread. Errors of Reader::feed_with_causes.
  [[nodiscard]] Result<KeptEntries> read(store::Reader& reader, std::uint64_t mark, const store::FeedKey& key,
                                         std::uint64_t after, std::uint64_t last, std::size_t limit,
                                         bool keeping);
  /// What is kept now, in octets; never above the bound for long.
  [[nodiscard]] std::size_t bytes() const;

 private:
  /// Entries of a feed without a gap, from position `first` on.
  struct Stretch {
    store::FeedKey key;
    std::uint64_t first = 0;
    KeptEntries entries;
    std::size_t bytes = 0;
    void add(const KeptEntries& more);
  };
  using Stretches = std::list<Stretch>;  ///< the one that was used last comes first

  [[nodiscard]] KeptEntries find(std::uint64_t mark, const store::FeedKey& key, std::uint64_t after,
                                 std::uint64_t last, std::size_t limit);
  void keep(std::uint64_t mark, const store::FeedKey& key, const KeptEntries& entries);
  void forget_all();
  void forget_beyond_bound();

  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::uint64_t mark_ = 0;
  Stretches stretches_;
  std::map<store::FeedKey, Stretches::iterator> places_;
  std::size_t bytes_ = 0;
};

}  // namespace lianxin::sync::server
