#pragma once
// The reading half of an answer: pages of feeds from a laptop's cursors, and the digests at their ends
// (exchange.hpp says how a laptop takes them). Private to this folder.
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "sync/server/service/access.hpp"
#include "sync/server/service/branches.hpp"
#include "sync/server/service/feed_memory.hpp"
#include "sync/server/service/whole_elsewhere.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server {

/// Up to here a feed is replayed entry by entry however few records it is about.
inline constexpr std::uint64_t kReplayMax = 256;

class FeedPages {
 public:
  /// `same_epoch` = the cursors are of this epoch. `memory` outlives this.
  FeedPages(store::Reader& reader, FeedMemory& memory, const wire::ExchangeRequest& request, bool same_epoch,
            std::size_t bytes_max);
  /// Adds pages, digests and `more` for these scopes.
  [[nodiscard]] Status fill(const std::vector<Held>& scopes, wire::ExchangeAnswer& answer);
  /// Who is told a record as its state, handed over, healed or in a first sync, is told the bytes of every
  /// write it shows, and can offer them should this server lose them (7.1): those changes in the order of
  /// intake, without what the reader has in hand, at most 1 MB.
  [[nodiscard]] Result<std::vector<wire::FeedEntry>> shown_by(BytesView state);

 private:
  /// One feed on its way into the answer.
  struct Feed {
    store::FeedKey key;
    store::FeedHead head;
    std::uint64_t own_view = 0;  ///< of a view: kOwnViewBit and the mark of what is held whole elsewhere
    std::uint64_t from = 0;      ///< where this answer begins, without the bit
    std::uint64_t at = 0;        ///< told so far
    bool has_cursor = false;     ///< the laptop has read of it
    bool begins_anew = false;    ///< the laptop's cursor cannot be followed
    std::vector<wire::FeedEntry> entries;
    // reading ahead
    KeptEntries rows;
    std::size_t next = 0;
    bool is_condensed = false;
    std::vector<std::uint64_t> wanted;  ///< condensed: the positions to tell
    std::vector<bool> is_last;          ///< condensed: the last of its record
    std::size_t wanted_next = 0;
    bool as_state = false;                            ///< the next row is told as the state it led to
    std::optional<std::map<Id, std::uint64_t>> last;  ///< position of each record's last entry, where asked
    std::set<Id> told;                                ///< records of which changes were told
    std::uint64_t order = 0;                          ///< intake order of the next row, never falling
    bool has_next = false;                            ///< rows[next] is to be told
    [[nodiscard]] const store::FeedRow& entry() const { return rows[next]->row.entry; }
    [[nodiscard]] const store::LogRow& cause() const { return rows[next]->row.cause; }
    [[nodiscard]] bool is_done() const { return at == head.position; }
  };

  [[nodiscard]] Result<Feed> open(const Held& held, const HeldClass& held_class);
  [[nodiscard]] Status fill_one(const Held& held, wire::ExchangeAnswer& answer);
  [[nodiscard]] Status note_left(const Id& record, std::uint8_t privacy);
  void tell_left(wire::ExchangeAnswer& answer);
  [[nodiscard]] Result<wire::FeedEntry> shown_of(const store::FeedKey& view, const store::RecordRow& row);
  [[nodiscard]] Result<std::vector<wire::ScopeDigest>> sums();
  [[nodiscard]] Status condense(Feed& feed);
  [[nodiscard]] Status fill_scope(std::vector<Feed>& feeds);
  [[nodiscard]] Status load_next(Feed& feed);
  [[nodiscard]] Status load_row(Feed& feed);
  [[nodiscard]] Result<bool> is_passed_over(Feed& feed);
  [[nodiscard]] Result<bool> is_last(Feed& feed);
  [[nodiscard]] Result<bool> is_passed_over_in_view(Feed& feed);
  [[nodiscard]] Result<bool> is_settled(const Feed& feed);
  [[nodiscard]] Result<bool> is_told_elsewhere(const Feed& feed, const Id& record);
  [[nodiscard]] Result<bool> is_news_of_nothing(const Feed& feed,
                                                const std::optional<wire::FeedEntry>& entry);
  [[nodiscard]] Status tell(Feed& feed);
  [[nodiscard]] bool is_in_hand(const ChangeId& id) const;
  [[nodiscard]] Result<std::optional<Bytes>> renamed_body(const store::LogRow& row);
  [[nodiscard]] Result<wire::FeedEntry> entry_of(const store::FeedRow& row, const store::LogRow& cause);
  [[nodiscard]] Result<std::optional<wire::FeedEntry>> enter_of(const Feed& feed, const store::FeedRow& row);

  store::Reader& reader_;
  FeedMemory& memory_;
  std::uint64_t mark_ = 0;  ///< of what was rewritten, in this reader's moment
  ReplicaId own_;
  std::uint64_t own_counter_;  ///< how far the reader has its own chain
  wire::ErasedValues erased_;  ///< own changes that are told with their bytes
  std::map<std::pair<Id, std::uint8_t>, std::uint64_t> cursors_;
  bool same_epoch_;
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::map<ReplicaId, Branch> branches_;
  std::optional<bool> has_branches_;           ///< some laptop of the county was copied
  std::map<std::pair<Id, Id>, bool> shared_;   ///< by record and worker
  std::map<std::pair<Id, Id>, bool> settled_;  ///< by record and scope; whatever was told so far
  std::optional<WholeElsewhere> whole_;
  const std::vector<Held>* scopes_ = nullptr;
  /// By view and record: what it shows of those that left where their class is held whole.
  std::map<std::pair<Id, std::uint8_t>, std::map<Id, std::vector<wire::FeedEntry>>> left_;
  /// How a feed stands at the end of this answer.
  struct End {
    store::FeedHead head;
    std::uint64_t own_view = 0;
    std::uint64_t at = 0;
    bool is_told = false;  ///< the reader has a position of it, or is told one now
  };
  std::map<std::pair<Id, std::uint8_t>, End> ends_;
};

}  // namespace lianxin::sync::server
