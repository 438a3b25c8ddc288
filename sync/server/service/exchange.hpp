#pragma once
// The exchange (sync.md 5) in three steps, so that a queue with group commit can stand in front of the
// store's one writer: verify (any thread), take (one at a time, many requests in one transaction), answer
// (any thread).
//
// How a laptop reads (what its store must do with the pages of an answer)
//  1. A feed is a (scope, class). A page holds entries (from, to]; after applying it the laptop stores
//     `to` as its cursor in the same transaction. Entries need not be dense: `to` alone is the cursor.
//  2. `from` equals the cursor the laptop sent, or the page begins the feed anew (new laptop, new epoch 7.1,
//     changed rights, a cursor the server cannot know): when `from` differs from its stored cursor, or it has
//     none, the laptop drops its base rows and digest of that (scope, class) and then applies the page. Its
//     overlay, its own log and unsent changes stay.
//  3. A long feed is not replayed: entries of a record that has a later entry are left out, and the last one
//     is replaced by kEnter with the record's class state at the moment of reading. Nothing of that record
//     follows up to `to` in this page, so kEnter always means: the base state of this (record, class) is now
//     exactly `state`. So a half-loaded snapshot is expressed by an ordinary cursor and goes on at the next
//     exchange. (Pages with `is_snapshot` are not sent by this server.)
//     So is told, in a feed of any length, of a record that was ever in another scope too: else who reads the
//     feeds of two scopes one after the other would lay old entries over a newer state.
//  4. kOwn: the reader's own change is now in the base; its own log has body and values. It is never left out
//     by 3; a kEnter of the same record may follow at the same position and then stands. A change of the
//     reader's chain beyond the counter it stated comes with its bytes: the reader is a copy of what it was
//     and goes on as a new replica (7.2).
//     kApplied entries may stand before a kEnter of the same record at the same position: changes whose
//     writes the state shows, to be kept with their bytes (7.1, at most 1 MB a record) and not merged.
//  5. kEvict: the (record, scope) pair is gone for this class; what to erase is decided by sync.md 6.2.
//     Who reads from the start is told it too, with the day, and of the record nothing but its id and
//     kind: numbers of that time lack it.
//  6. Positions of an own view (hardship, notes of a worker in the field) have bit kOwnViewBit set, and above
//     it a mark of where else the class is held whole; to the laptop positions are opaque numbers which never
//     fall inside one view. A page whose `from` is its `to` stands beside that position and moves none: what
//     a view shows of records that left where their class is held whole (whole_elsewhere.hpp).
//  7. Digests come with the answer that has more = false, one per (scope, class) that is not empty; a held
//     (scope, class) without one is empty: no records, digest zero.
//  8. Pages come only with Verdict::kTaken: with kExpected, kFork, kBehind first the chain is put right.
//  9. A scope or class missing from `scopes` is no longer held: base and cursor go (6.2).
//  10. A cursor told along a list of scopes that is not the server's is not read: the answer then says so
//     and brings that list, no page, and more = true.
// No answer splits an action inside one scope (5.4), save where 3 leaves parts out, or past 10 MB of pages.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/service/feed_memory.hpp"
#include "sync/server/service/intake.hpp"
#include "sync/server/store/picture_files.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server {

inline constexpr std::uint64_t kOwnViewBit = std::uint64_t{1} << 40;
inline constexpr std::size_t kAnswerBytesMin = 1024;  ///< where less is asked for
inline constexpr std::size_t kGroupMax = 64;  ///< requests in one transaction, a sensible limit for the queue

/// A request whose signature holds.
struct Verified {
  Id device;
  wire::ExchangeRequest request;
  Way way = Way::kOnline;
  std::int64_t under_way_ms = 0;  ///< from its first octet until it is taken: its clock is so old
};

class Exchange {
 public:
  /// All must outlive it. Error "server.not_made".
  [[nodiscard]] static Result<Exchange> open(store::Store& store, const domain::Catalogue& catalogue,
                                             const Clock& clock);

  /// Unpacks a packed SignedRequest and checks the device's signature. Any thread. Errors: those of
  /// wire::unpack, "exchange.device" (unknown here, or never enrolled), "exchange.signature".
  [[nodiscard]] Result<Verified> verify(BytesView message) const;

  /// One transaction, durable when it returns; result i belongs to request i. Each push has its own
  /// savepoint; one that fails is taken back and, where the store was the reason, tried again alone (4.6). At
  /// any time one call only (in one process). Errors of a result: those of Intake::take, or of the store.
  [[nodiscard]] std::vector<Result<Pushed>> take(const std::vector<Verified>& requests);

  /// The answer from one snapshot of the store taken now; folded where the request was (wire/folding.hpp).
  /// Any thread.
  [[nodiscard]] Result<wire::ExchangeAnswer> answer(const Verified& verified, const Pushed& pushed) const;

  /// All three steps for one request, without a queue: packed answer or packed error. Not beside `take`.
  [[nodiscard]] Bytes handle(BytesView message);

  [[nodiscard]] const County& county() const { return county_; }
  /// Answers also how pictures stand (wire/pictures.hpp); null = as a server that knows none.
  void know_pictures(const store::PictureFiles* files) { pictures_ = files; }

 private:
  Exchange(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock, County county)
      : store_(&store), catalogue_(&catalogue), clock_(&clock), county_(std::move(county)) {}
  [[nodiscard]] Result<Pushed> take_one(store::Writer& writer, const Verified& verified) const;
  [[nodiscard]] std::optional<std::vector<Result<Pushed>>> take_group(
      const std::vector<Verified>& requests) const;
  [[nodiscard]] Result<Pushed> take_alone(const Verified& verified) const;
  [[nodiscard]] Result<wire::ExchangeAnswer> answer_in_rows(const Verified& verified,
                                                            const Pushed& pushed) const;
  [[nodiscard]] Status answer_pictures(store::Reader& reader, const wire::ExchangeRequest& request,
                                       wire::ExchangeAnswer& answer) const;

  store::Store* store_;
  const domain::Catalogue* catalogue_;
  const Clock* clock_;
  County county_;
  const store::PictureFiles* pictures_ = nullptr;
  std::unique_ptr<FeedMemory> memory_ = std::make_unique<FeedMemory>();
};

/// A packed WireError: what the other side needs to say the sentence in its own language.
[[nodiscard]] Bytes pack_error(const Error& error);

}  // namespace lianxin::sync::server
