#pragma once
// A base that is not the server's (sync.md 9): narrowed down by ranges of record ids, the differing states
// fetched and put in. The overlay is laid over them again, so healing never takes a write the server has not
// got. One object per sync; one thread.
//
// Running sums are counted again from the base first, and once a day anyway.
#include <cstdint>
#include <map>
#include <vector>

#include "client/store/feed_writer.hpp"
#include "client/store/records_impl.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::client::store {

/// Row of `meta`: when the running sums were last made anew from the states (laptop's clock).
inline constexpr std::string_view kMetaRecounted = "recounted_ms";

class Healing {
 public:
  explicit Healing(RecordsImpl& records) : records_(records) {}

  /// The places a comparison at equal positions found unequal. Their digests are first counted again from the
  /// base itself. What was tried often enough without success is left as it is: the receipt then says so.
  [[nodiscard]] Status compared(const std::vector<FeedPlace>& unequal);
  /// Once a day: counts every digest from the base, so that damage behind the running sums is noticed.
  [[nodiscard]] Status recount_when_due(WallMs now_ms);
  /// True = there is something to ask or to report.
  [[nodiscard]] bool wants_exchange() const;
  /// Content of the part; empty = nothing to say. What it reports counts as said.
  [[nodiscard]] Bytes request();
  /// The changes that came beside the answer, before it: those that a state shows which is put in are kept.
  [[nodiscard]] Status bring(const sync::wire::HealedChanges& brought);
  /// Inside the transaction of the answer, after its pages. `own_kept` = own changes up to here are in the
  /// server's states or dead. Returns how many records were put right.
  [[nodiscard]] Result<std::uint64_t> take(const sync::wire::HealAnswer& answer, FeedWriter& feeds,
                                           std::uint64_t own_kept);

 private:
  struct Task {
    std::vector<sync::wire::IdRange> split;
    std::vector<sync::wire::IdRange> fetch;
    std::size_t asked = 0;  ///< of `split`, in the last request
    [[nodiscard]] bool is_done() const { return split.empty() && fetch.empty(); }
  };
  [[nodiscard]] Status recount(const std::vector<FeedPlace>& places);
  [[nodiscard]] Status keep_shown(const sync::wire::StateRow& row, FeedWriter& feeds);
  [[nodiscard]] Status take_sums(const FeedPlace& place, const sync::wire::HealTold& told, Task& task);
  [[nodiscard]] Result<std::uint64_t> take_rows(const FeedPlace& place, const sync::wire::HealTold& told,
                                                FeedWriter& feeds, std::uint64_t own_kept);

  RecordsImpl& records_;
  std::map<FeedPlace, Task> tasks_;
  std::map<FeedPlace, int> tries_;
  std::vector<sync::wire::Repaired> reports_;
  std::map<ChangeId, sync::wire::OfferedChange> brought_;
  int exchanges_ = 0;
};

}  // namespace lianxin::client::store
