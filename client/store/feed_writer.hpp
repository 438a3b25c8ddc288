#pragma once
// Takes what the server's feeds bring into the base states (sync.md 3.10, 5.3, 6). One object per transaction
// of the caller, who also stores the cursor in it; `finish` before the commit.
//
// A snapshot row or `enter` replaces a class state. Until the pair that brought it ends, feeds of other
// scopes are silent for the record: their entries are in the row already, and a write that was replaced must
// not come back.
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "client/store/records_impl.hpp"
#include "shared/base/hash.hpp"

namespace lianxin::client::store {

/// One feed.
struct FeedPlace {
  Id scope;
  std::uint8_t privacy = 0;
  auto operator<=>(const FeedPlace&) const = default;
};

/// This bit of a position is set in a view that is not the whole class.
inline constexpr std::uint64_t kViewShift = 40;

/// All that this laptop reads.
[[nodiscard]] Result<std::vector<FeedPlace>> feed_places(lianxin::store::Database& database);

/// The server's time of a change and the ghosts it made there.
struct FeedVerdict {
  WallMs effective_ms = 0;
  bool suspect = false;
  std::vector<ChangeId> ghosts;
};

/// One class of a record, from a snapshot page or an `enter`.
struct FeedRow {
  Id record;
  std::uint16_t kind = 0;
  Id parent;
  BytesView state;  ///< encode_class_state
};

/// What an eviction tells of a record that was never here.
struct FeedLeft {
  std::uint16_t kind = 0;
  WallMs at_ms = 0;  ///< 0 = not told
};

class FeedWriter {
 public:
  /// `in_file` = what it is told came in a bundle.
  explicit FeedWriter(RecordsImpl& records, bool in_file = false);
  FeedWriter(const FeedWriter&) = delete;
  FeedWriter& operator=(const FeedWriter&) = delete;
  ~FeedWriter();

  // Each returns true when it was new. Repeating is harmless. Errors "change.malformed", "state.malformed",
  // "bundle.other_copy" (of a file: what another copy of this laptop wrote under a name of ours) and those of
  // the database.
  /// `body_bytes` is what `body` was decoded from. The record waits to be stored until another one comes, so
  /// that what follows of it in one scope, in whatever class, is stored with it.
  [[nodiscard]] Result<bool> applied(const FeedPlace& place, const sync::change::ChangeBody& body,
                                     BytesView body_bytes, BytesView values, const FeedVerdict& verdict);
  /// A change whose writes the row that follows shows: only its bytes are kept, to be offered to a server
  /// that has lost it (7.1).
  [[nodiscard]] Status keep(BytesView body, BytesView values, const FeedVerdict& verdict);
  [[nodiscard]] Result<bool> inert(const FeedPlace& place, BytesView body, const FeedVerdict& verdict);
  /// The laptop's own change came back; its bytes are in the log. `is_inert` = quarantined at the server.
  [[nodiscard]] Result<bool> own(const FeedPlace& place, const ChangeId& id, bool is_inert,
                                 const FeedVerdict& verdict);
  /// The class state as the server had it at the page's or entry's position replaces ours. Own changes up to
  /// `own_settled` are in it or dead: the acknowledged counter of the same answer for a snapshot page (read
  /// after intake), of the last complete sync for an `enter`.
  [[nodiscard]] Result<bool> row(const FeedPlace& place, const FeedRow& row, std::uint64_t own_settled);
  /// The same in a view that is not the whole class: where it holds nothing of another's hand any more (a
  /// pairing has ended), what others wrote of it is erased here, and a record of which nothing is left
  /// leaves.
  [[nodiscard]] Result<bool> view_row(const FeedPlace& place, const FeedRow& row, std::uint64_t own_settled);
  /// A feed begins anew as such a view: what others wrote of its members is erased here, unless this view of
  /// them is told by another scope too. `to` = a position of the view.
  [[nodiscard]] Status begin_view(const FeedPlace& place, std::uint64_t to);
  /// Everything has been read since feeds began anew: what others wrote and no feed has told again goes where
  /// its class is not told whole. A view that is empty has no page to begin with.
  [[nodiscard]] Status forget_untold();
  /// The server has nothing of this class of the record in this scope: its base goes, own work stays. Of the
  /// general class, and where another scope has it: the pair goes.
  [[nodiscard]] Status forget(const FeedPlace& place, const Id& record);
  /// One pair (record, scope) ends, for every class. Without a pair left the record is leaving, and goes when
  /// all has been read: another feed of the same answer may bring it, with own work that has its values here.
  /// Who left before this laptop came is noted too (moved_on.hpp), where the day is told.
  [[nodiscard]] Result<bool> evict(const FeedPlace& place, const Id& record, const FeedLeft& left = {});
  /// Everything of one scope and class that is no longer held (a grant ended), with its cursor; `held` says
  /// already what is. Where only the class ends, a record of which another scope tells it keeps it.
  [[nodiscard]] Status drop(const FeedPlace& place);

  /// The running sums of this class have just been made anew from the states: what was taken before is in
  /// them.
  void summed_anew(std::uint8_t privacy) {
    std::erase_if(sums_, [&](const auto& one) { return one.first.privacy == privacy; });
  }

  /// Another scope, which is read as a whole and not as a view, brings this class of the record as well.
  [[nodiscard]] Result<bool> is_told_whole(const FeedPlace& place, const Id& record);

  /// Stores what waits: before anybody else looks at records.
  [[nodiscard]] Status store_waiting();
  /// Writes digests and what is known of replicas. Nothing may be taken after it.
  [[nodiscard]] Status finish();
  /// Highest counter of a replica that was read of; 0 = none.
  [[nodiscard]] std::uint64_t known_of(ReplicaId replica) const;
  /// Greatest stamp among the applied changes whose clock is not suspect; 0 = none.
  [[nodiscard]] std::uint64_t newest_stamp() const { return newest_stamp_; }

 private:
  struct Sum {
    Digest128 plus;
    Digest128 minus;
    std::int64_t records = 0;
  };
  struct Opened;
  /// What `applied` is told.
  struct FeedChange {
    const FeedPlace& place;
    const sync::change::ChangeBody& body;
    BytesView body_bytes;
    const sync::change::ChangeValues& values;
    BytesView values_bytes;
    const FeedVerdict& verdict;
    std::int64_t seq = 0;  ///< where the log has it; 0 = not known
  };
  [[nodiscard]] Result<bool> applied_again(const FeedChange& told);
  [[nodiscard]] Result<bool> merge_in(const FeedChange& told);
  [[nodiscard]] Result<std::optional<LoggedChange>> found_as(const sync::change::ChangeBody& body);
  [[nodiscard]] Result<bool> lose_purged(const sync::change::ChangeBody& body,
                                         sync::change::ChangeValues& values);
  [[nodiscard]] Result<Opened> open(const FeedPlace& place, const Id& record, std::uint16_t kind,
                                    const Id& parent);
  [[nodiscard]] Status look_where_it_stands(Opened& opened);
  [[nodiscard]] Status begin_anew(const FeedPlace& place, Opened& opened);
  [[nodiscard]] Status enter(Opened& opened);
  [[nodiscard]] Status close(Opened& opened);
  [[nodiscard]] Result<Opened*> take_up(const FeedPlace& place, const sync::change::ChangeBody& body);
  void note_turn(const Opened& opened);
  [[nodiscard]] Status forget_others(const FeedPlace& place, const Id& record, const Id& worker);
  [[nodiscard]] Result<bool> is_view(const FeedPlace& place);
  [[nodiscard]] Result<bool> narrow(const FeedPlace& place, RecordBox& box);
  [[nodiscard]] Status count(const Opened& opened);
  [[nodiscard]] Result<std::optional<bool>> is_told_beside(const FeedPlace& place, const Id& record);
  [[nodiscard]] Status lose(Opened& opened, std::uint8_t privacy);
  [[nodiscard]] Status lose_untold(const Opened& ended);
  [[nodiscard]] Result<WallMs> left_at(const FeedLeft& left);
  [[nodiscard]] Result<std::vector<Id>> members_of(const Id& scope);
  [[nodiscard]] Result<Id> worker();
  void learn(const ChangeId& id);

  RecordsImpl& records_;
  bool in_file_;
  std::unique_ptr<Opened> waiting_;  ///< taken in, not stored yet
  /// By scope, for those that are dropped; all that stand there, and maybe some that do not any more.
  std::optional<std::map<Id, std::vector<Id>>> members_;
  std::map<FeedPlace, Sum> sums_;
  /// Pairs whose eviction was read in the feed of class 0, and those that another class brought, and whether
  /// the feed of class 0 brought them since: the other classes tell the same turns after it.
  std::map<std::pair<Id, Id>, bool> back_again_;
  std::map<std::uint64_t, std::uint64_t> known_;
  std::optional<bool> has_purges_;  ///< some record of this laptop was purged; asked once
  std::optional<Id> worker_;        ///< whose laptop this is; asked once
  std::uint64_t newest_stamp_ = 0;
};

}  // namespace lianxin::client::store
