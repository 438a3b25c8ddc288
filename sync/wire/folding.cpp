#include "sync/wire/folding.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "sync/wire/change_columns.hpp"
#include "sync/wire/serialize.hpp"

namespace lianxin::sync::wire {
namespace {

const codec::Limits kFoldLimits = {.string_bytes_max = kMessageBytesMax,
                                   .elements_max = 1'000'000,
                                   .memory_budget_bytes = 128 * 1024 * 1024};

std::vector<HeldScope> sorted(std::vector<HeldScope> held) {
  std::sort(held.begin(), held.end(),
            [](const HeldScope& a, const HeldScope& b) { return a.scope < b.scope; });
  for (HeldScope& one : held)
    std::sort(one.classes.begin(), one.classes.end());
  return held;
}

template <class A>
void serialize_sum(A& a, Digest128& sum) {
  codec::Fixed64 low{sum.low};
  codec::Fixed64 high{sum.high};
  a(low, high);
}

template <class A>
void serialize_sum(A& a, std::optional<Digest128>& sum) {
  bool has = sum.has_value();
  a(has);
  if constexpr (A::is_loading::value) sum = has ? std::optional<Digest128>(Digest128{}) : std::nullopt;
  if (has) serialize_sum(a, *sum);
}

using Place = std::pair<Id, std::uint8_t>;

/// What `folded` of a request holds.
struct RequestFold {
  ExchangeRequest* request = nullptr;
  Folding folding;
  template <class A>
  void serialize(A& a) {
    serialize_sum(a, folding.held);
    a(folding.positions, folding.each_digest);
    std::vector<Bytes> columns;
    if constexpr (!A::is_loading::value) {
      ColumnWriter out;
      ChangeColumnWriter changes(out);
      for (const PackedChange& change : request->changes)
        (void)changes.put(change.body, change.values);
      columns = out.take();
    }
    a(columns);
    if constexpr (A::is_loading::value) read(columns);
  }
  void read(const std::vector<Bytes>& columns) {
    ColumnReader in(columns, kFoldLimits);
    ChangeColumnReader changes(in);
    while (!in.is_empty(Column::kForm)) {
      in.charge(sizeof(PackedChange));
      PackedChange change;
      (void)changes.get(change);
      request->changes.push_back(std::move(change));
    }
    if (!in.is_done()) throw codec::Malformed{"codec.malformed"};
  }
};

/// Marks of an entry.
constexpr std::uint64_t kSuspect = 1;
constexpr std::uint64_t kOwnInert = 2;
constexpr std::uint64_t kHasChange = 4;
constexpr std::uint64_t kNamedInside = 8;  ///< its id is the one in its body
constexpr std::uint64_t kMarksEnd = 16;

bool is_change(EntryKind kind) {
  return kind == EntryKind::kApplied || kind == EntryKind::kInert || kind == EntryKind::kOwn;
}

/// What stands in the entries before.
struct EntryBefore {
  std::uint64_t effective = 0;
  std::uint64_t counter = 0;
  std::uint64_t ghost = 0;
};

class PagesOut {
 public:
  explicit PagesOut(const std::vector<HeldScope>& held) : held_(held), changes_(out_) {}
  void put(FeedPage page);
  [[nodiscard]] std::vector<Bytes> take() { return out_.take(); }

 private:
  void put(const FeedEntry& entry);
  void put_change(const FeedEntry& entry);

  const std::vector<HeldScope>& held_;
  ColumnWriter out_;
  ChangeColumnWriter changes_;
  EntryBefore before_;
  std::uint64_t position_ = 0;
};

std::size_t place_in(const std::vector<HeldScope>& held, const Id& scope) {
  const auto found = std::lower_bound(held.begin(), held.end(), scope,
                                      [](const HeldScope& one, const Id& id) { return one.scope < id; });
  return found != held.end() && found->scope == scope ? static_cast<std::size_t>(found - held.begin())
                                                      : held.size();
}

void PagesOut::put(FeedPage page) {
  const std::size_t place = place_in(held_, page.scope);
  out_.number(Column::kPageScope, place);
  if (place == held_.size()) out_.octets(Column::kNewId, page.scope.bytes());
  out_.number(Column::kPagePrivacy, page.privacy);
  out_.number(Column::kPageFrom, page.from);
  out_.step(Column::kPageTo, page.to, page.from);
  out_.number(Column::kPageEntries, page.entries.size());
  out_.ids().expect(Column::kScope, page.scope);
  position_ = page.from;
  for (FeedEntry& entry : page.entries)
    put(std::exchange(entry, {}));
}

void PagesOut::put(const FeedEntry& entry) {
  out_.number(Column::kEntry, static_cast<std::uint64_t>(entry.kind));
  out_.step(Column::kPosition, entry.position, position_);
  position_ = entry.position;
  if (is_change(entry.kind)) {
    put_change(entry);
    return;
  }
  out_.id(Column::kEntryRecord, entry.record);
  out_.number(Column::kEntryKind, entry.record_kind);
  out_.id(Column::kEntryParent, entry.parent);
  out_.text(Column::kEntryState, entry.state);
}

void PagesOut::put_change(const FeedEntry& entry) {
  const bool has_change = !entry.body.empty() || !entry.values.empty();
  std::optional<ToldChange> told;
  if (has_change) told = changes_.put(entry.body, entry.values);
  const bool named_inside = told && told->id == entry.id;
  out_.number(Column::kEntryMarks, (entry.suspect ? kSuspect : 0) | (entry.own_inert ? kOwnInert : 0) |
                                       (has_change ? kHasChange : 0) | (named_inside ? kNamedInside : 0));
  if (!named_inside) {
    out_.replica(Column::kEntryReplica, entry.id.replica);
    out_.step(Column::kEntryCounter, entry.id.counter, before_.counter + 1);
    before_.counter = entry.id.counter;
  }
  const auto effective = static_cast<std::uint64_t>(entry.effective_ms);
  out_.step(Column::kEffective, effective,
            told ? static_cast<std::uint64_t>(told->wall_ms) : before_.effective);
  before_.effective = effective;
  out_.number(Column::kGhosts, entry.ghosts.size());
  for (const ChangeId& ghost : entry.ghosts) {
    out_.replica(Column::kGhostReplica, ghost.replica);
    out_.step(Column::kGhostCounter, ghost.counter, before_.ghost);
    before_.ghost = ghost.counter;
  }
}

class PagesIn {
 public:
  PagesIn(const std::vector<HeldScope>& held, const std::vector<Bytes>& columns)
      : held_(held), in_(columns, kFoldLimits), changes_(in_) {}
  [[nodiscard]] std::vector<FeedPage> all();

 private:
  [[nodiscard]] FeedPage page();
  [[nodiscard]] FeedEntry entry();
  void read_change(FeedEntry& entry);

  const std::vector<HeldScope>& held_;
  ColumnReader in_;
  ChangeColumnReader changes_;
  EntryBefore before_;
  std::uint64_t position_ = 0;
};

std::vector<FeedPage> PagesIn::all() {
  std::vector<FeedPage> pages;
  while (!in_.is_empty(Column::kPageScope)) {
    in_.charge(sizeof(FeedPage));
    pages.push_back(page());
  }
  if (!in_.is_done()) throw codec::Malformed{"codec.malformed"};
  return pages;
}

FeedPage PagesIn::page() {
  FeedPage page;
  const std::uint64_t place = in_.number(Column::kPageScope);
  if (place > held_.size()) throw codec::Malformed{"codec.malformed"};
  if (place < held_.size()) {
    page.scope = held_[place].scope;
    if (place_in(held_, page.scope) != place) throw codec::Malformed{"codec.malformed"};
  } else {
    in_.octets(Column::kNewId, page.scope.octets.data(), page.scope.octets.size());
    if (place_in(held_, page.scope) != held_.size()) throw codec::Malformed{"codec.malformed"};
  }
  page.privacy = in_.narrow<std::uint8_t>(Column::kPagePrivacy);
  page.from = in_.number(Column::kPageFrom);
  page.to = in_.step(Column::kPageTo, page.from);
  const std::uint64_t told = in_.number(Column::kPageEntries);
  const std::size_t entries = in_.count(Column::kEntry, told, 0, kFoldLimits.elements_max);
  in_.charge(entries * sizeof(FeedEntry));
  in_.ids().expect(Column::kScope, page.scope);
  position_ = page.from;
  page.entries.reserve(entries);
  for (std::size_t i = 0; i < entries; ++i)
    page.entries.push_back(entry());
  return page;
}

FeedEntry PagesIn::entry() {
  FeedEntry entry;
  const auto kind = in_.narrow<std::uint8_t>(Column::kEntry);
  if (kind > static_cast<std::uint8_t>(EntryKind::kEvict)) throw codec::Malformed{"codec.malformed"};
  entry.kind = static_cast<EntryKind>(kind);
  entry.position = position_ = in_.step(Column::kPosition, position_);
  if (is_change(entry.kind)) {
    read_change(entry);
    return entry;
  }
  entry.record = in_.id(Column::kEntryRecord);
  entry.record_kind = in_.narrow<std::uint16_t>(Column::kEntryKind);
  entry.parent = in_.id(Column::kEntryParent);
  entry.state = in_.text(Column::kEntryState, kMessageBytesMax);
  in_.give_back();
  in_.charge(entry.state.size());
  return entry;
}

void PagesIn::read_change(FeedEntry& entry) {
  const std::uint64_t marks = in_.number(Column::kEntryMarks);
  if (marks >= kMarksEnd) throw codec::Malformed{"codec.malformed"};
  entry.suspect = (marks & kSuspect) != 0;
  entry.own_inert = (marks & kOwnInert) != 0;
  std::optional<ToldChange> told;
  if ((marks & kHasChange) != 0) {
    PackedChange change;
    told = changes_.get(change);
    entry.body = std::move(change.body);
    entry.values = std::move(change.values);
    if (entry.body.empty() && entry.values.empty()) throw codec::Malformed{"codec.malformed"};
  }
  if ((marks & kNamedInside) != 0) {
    if (!told) throw codec::Malformed{"codec.malformed"};
    entry.id = told->id;
  } else {
    entry.id.replica = in_.replica(Column::kEntryReplica);
    entry.id.counter = before_.counter = in_.step(Column::kEntryCounter, before_.counter + 1);
    if (told && told->id == entry.id) throw codec::Malformed{"codec.malformed"};
  }
  const std::uint64_t effective =
      in_.step(Column::kEffective, told ? static_cast<std::uint64_t>(told->wall_ms) : before_.effective);
  before_.effective = effective;
  entry.effective_ms = static_cast<WallMs>(effective);
  const std::uint64_t ghosts = in_.number(Column::kGhosts);
  entry.ghosts.resize(in_.count(Column::kGhostReplica, ghosts, 0, kFoldLimits.elements_max));
  in_.charge(entry.ghosts.size() * sizeof(ChangeId));
  for (ChangeId& ghost : entry.ghosts) {
    ghost.replica = in_.replica(Column::kGhostReplica);
    ghost.counter = before_.ghost = in_.step(Column::kGhostCounter, before_.ghost);
  }
}

/// What `folded` of an answer holds.
struct AnswerFold {
  std::optional<Digest128> held;        ///< the list of scopes is the one with this sum
  std::optional<Digest128> digest_sum;  ///< instead of the digests
  bool cursors_unread = false;
  std::vector<Bytes> columns;
  template <class A>
  void serialize(A& a) {
    serialize_sum(a, held);
    serialize_sum(a, digest_sum);
    a(cursors_unread, columns);
  }
};

/// Pages as this server's feeds have them.
bool fits(const ExchangeAnswer& answer) {
  std::size_t bytes = 0;
  for (const FeedPage& page : answer.pages) {
    if (page.is_snapshot || !page.rows.empty() || !page.snapshot_after.is_nil() || !page.originals.empty() ||
        !page.reserved.empty())
      return false;
    for (const FeedEntry& entry : page.entries)
      bytes += entry.body.size() + entry.values.size();
  }
  return bytes <= kMessageBytesMax;
}

}  // namespace

Digest128 sum_of(std::vector<HeldScope> held) {
  return digest128("lianxin scopes 1\n" + codec::encode(sorted(std::move(held))));
}

Digest128 sum_of_ends(std::vector<HeldScope> held, const std::vector<FeedEnd>& ends) {
  std::map<Place, FeedEnd> told;
  for (const FeedEnd& end : ends)
    told[{end.scope, end.privacy}] = end;
  Bytes all = "lianxin digests 1\n";
  for (const HeldScope& one : sorted(std::move(held))) {
    for (const std::uint8_t privacy : one.classes) {
      FeedEnd end = told[{one.scope, privacy}];
      end.scope = one.scope;
      end.privacy = privacy;
      end.records = 0;  // counted by each side for itself
      all += codec::encode(end);
    }
  }
  return digest128(all);
}

void fold(ExchangeRequest& request, const std::vector<HeldScope>& held, bool each_digest) {
  std::size_t bytes = 0;
  for (const PackedChange& change : request.changes)
    bytes += change.body.size() + change.values.size();
  if (bytes > kMessageBytesMax) return;
  RequestFold out{&request, {}};
  out.folding.each_digest = each_digest;
  if (!held.empty()) {
    std::map<Place, std::uint64_t> cursors;
    for (const Cursor& cursor : request.cursors)
      cursors[{cursor.scope, cursor.privacy}] = cursor.position + 1;
    out.folding.held = sum_of(held);
    for (const HeldScope& one : sorted(held)) {
      for (const std::uint8_t privacy : one.classes) {
        const auto cursor = cursors.find({one.scope, privacy});
        out.folding.positions.push_back(cursor == cursors.end() ? 0 : cursor->second);
        if (cursor != cursors.end()) cursors.erase(cursor);
      }
    }
    if (!cursors.empty()) return fold(request, {}, each_digest);  // of what is not held: each by its name
    request.cursors.clear();
  }
  request.folded = codec::encode(out);
  request.changes.clear();
}

Status unfold(ExchangeRequest& request) {
  request.folding.reset();
  if (request.folded.empty()) return {};
  if (!request.changes.empty()) return fail("wire.malformed", {}, "changes told twice");
  RequestFold in{&request, {}};
  if (const Status read = codec::decode_into(in, request.folded, kFoldLimits); !read.ok())
    return fail("wire.malformed", {}, read.error().code);
  if (in.folding.held ? !request.cursors.empty() : !in.folding.positions.empty())
    return fail("wire.malformed", {}, "cursors told twice");
  in.folding.has_cursors = !in.folding.held;
  request.folding = std::move(in.folding);
  request.folded.clear();
  return {};
}

bool read_cursors(ExchangeRequest& request, const std::vector<HeldScope>& held) {
  if (!request.folding || request.folding->has_cursors) return true;
  if (sum_of(held) != *request.folding->held) return false;
  std::size_t at = 0;
  std::vector<Cursor> cursors;
  for (const HeldScope& one : sorted(held)) {
    for (const std::uint8_t privacy : one.classes) {
      if (at == request.folding->positions.size()) return false;
      const std::uint64_t told = request.folding->positions[at++];
      if (told > 0) cursors.push_back({one.scope, privacy, told - 1});
    }
  }
  if (at != request.folding->positions.size()) return false;
  request.cursors = std::move(cursors);
  request.folding->has_cursors = true;
  return true;
}

void fold(ExchangeAnswer& answer, const Folding& asked) {
  if (!fits(answer)) return;
  AnswerFold out;
  out.cursors_unread = !asked.has_cursors;
  const std::vector<HeldScope> held = sorted(answer.scopes);
  PagesOut pages(held);
  // Given back at once: an answer may be large, and the server makes several at a time.
  for (FeedPage& page : answer.pages)
    pages.put(std::exchange(page, {}));
  out.columns = pages.take();
  if (!asked.each_digest && answer.verdict == ExchangeAnswer::Verdict::kTaken && !answer.more) {
    out.digest_sum = sum_of_ends(held, answer.digests);
    answer.digests.clear();
  }
  if (asked.held && sum_of(held) == *asked.held) {
    out.held = asked.held;
    answer.scopes.clear();
  }
  answer.pages.clear();
  answer.folded = codec::encode(out);
}

Status unfold(ExchangeAnswer& answer, const std::vector<HeldScope>& held) {
  answer.digest_sum.reset();
  answer.cursors_unread = false;
  if (answer.folded.empty()) return {};
  AnswerFold in;
  Status read = codec::decode_into(in, answer.folded, kFoldLimits);
  if (!read.ok()) return fail("wire.malformed", {}, read.error().code);
  if (!answer.pages.empty() || (in.held && !answer.scopes.empty()) ||
      (in.digest_sum && !answer.digests.empty()))
    return fail("wire.malformed", {}, "told twice");
  if (in.held) {
    if (*in.held != sum_of(held)) return fail("wire.malformed", {}, "another list of scopes");
    answer.scopes = held;
  }
  const std::vector<HeldScope> list = sorted(answer.scopes);
  read = codec::guarded([&] { answer.pages = PagesIn(list, in.columns).all(); });
  if (!read.ok()) return fail("wire.malformed", {}, read.error().code);
  answer.digest_sum = in.digest_sum;
  answer.cursors_unread = in.cursors_unread;
  answer.folded.clear();
  return {};
}

}  // namespace lianxin::sync::wire
