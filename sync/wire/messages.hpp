#pragma once
// Both ends of the conversation in one file (design.md 6, sync.md 5). Protocol history:
//   1  first version
//   2  parts at the end of requests and answers
//   3  changes and entries in columns, lists that both sides have told by their sum (folding.hpp);
//      not in files
// tests/sync/wire/messages_test.cpp reads kept bytes of each.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "sync/change/change.hpp"

namespace lianxin::sync::wire {

inline constexpr std::uint16_t kProtocol = 3;
inline constexpr std::uint16_t kProtocolInFiles = 2;  ///< a file cannot be asked for again in an older one
inline constexpr std::uint16_t kProtocolFirst = 1;    ///< without parts; spoken with an older other side

/// Something that not every program knows; who does not know the tag leaves it aside (since protocol 2). Each
/// tag at most once.
struct Part {
  std::uint16_t tag = 0;
  Bytes content;
  template <class A>
  void serialize(A& a) {
    a(tag, content);
  }
};
/// The content under a tag; null where there is none. Valid while `parts` is.
[[nodiscard]] const Bytes* find_part(const std::vector<Part>& parts, std::uint16_t tag);

struct Cursor {
  Id scope;
  std::uint8_t privacy = 0;
  std::uint64_t position = 0;
  bool operator==(const Cursor&) const = default;
  template <class A>
  void serialize(A& a) {
    a(scope.octets, privacy, position);
  }
};

/// A change on its way: canonical body and encoded values.
struct PackedChange {
  Bytes body;
  Bytes values;
  template <class A>
  void serialize(A& a) {
    a(body, values);
  }
};

/// What the laptop found when it last compared (sync.md 9).
struct Verdict {
  std::uint64_t number = 0;  ///< of the exchange it judges
  bool equal = false;
  bool overlay_empty = false;
  template <class A>
  void serialize(A& a) {
    a(number, equal, overlay_empty);
  }
};

/// What a folded request says beside its changes (folding.hpp).
struct Folding {
  std::optional<Digest128> held;  ///< sum of the list of scopes along which the positions are told
  std::vector<std::uint64_t>
      positions;             ///< of each (scope, class) held; 0 = no cursor, else one more than it
  bool each_digest = false;  ///< asks for the digests one by one
  bool has_cursors = false;  ///< they stand in the request; not on the wire
};

/// Laptop -> server. One exchange carries everything (5.1).
struct ExchangeRequest {
  std::uint16_t protocol = kProtocol;
  std::uint16_t catalogue = 0;
  ReplicaId replica;
  std::uint64_t number = 0;  ///< strictly rising per device
  std::uint64_t epoch = 0;   ///< the one the laptop knows; 0 = none yet
  WallMs wall_ms = 0;
  std::uint64_t own_counter = 0;  ///< contiguous end of the own chain
  Hash256 own_hash;
  std::uint64_t first = 0;  ///< counter of changes[0]; 0 = nothing to send
  Hash256 previous;         ///< head hash before changes[0]
  std::vector<PackedChange> changes;
  bool more = false;  ///< more own changes wait for the next exchange
  std::vector<Cursor> cursors;
  std::optional<Verdict> verdict;
  std::uint32_t answer_bytes_max = 0;
  std::vector<Part> parts;
  Bytes folded;                    ///< changes and cursors, where they do not stand above (since protocol 3)
  std::optional<Folding> folding;  ///< of what was folded; not on the wire
  template <class A>
  void serialize(A& a);
};

/// Device's signature over (server id, epoch, number, BLAKE2b of the payload) (5.1). `payload` = encoded
/// request.
struct SignedRequest {
  Id device;
  std::uint64_t number = 0;
  Bytes payload;
  Bytes signature;
  template <class A>
  void serialize(A& a) {
    a(device.octets, number, payload, signature);
  }
};

enum class Outcome : std::uint8_t {
  kApplied = 0,
  kMerged = 1,
  kConflict = 2,
  kWaiting = 3,
  kQuarantined = 4
};

/// The unusual outcomes only; a counter without one was applied.
struct ChangeOutcome {
  std::uint64_t counter = 0;
  Outcome outcome = Outcome::kApplied;
  std::string reason;  ///< text key "quarantine.<reason>", else ""
  std::string owner;
  template <class A>
  void serialize(A& a) {
    a(counter, outcome, reason, owner);
  }
};

/// "All of replica R up to counter N is kept." Signed by the server; only this moves the outbox (8.2).
struct Acknowledgement {
  std::uint64_t epoch = 0;
  ReplicaId replica;
  std::uint64_t counter = 0;
  Hash256 hash;  ///< head hash at counter
  std::vector<ChangeOutcome> outcomes;
  Bytes signature;  ///< Ed25519 of the server over the fields above
  template <class A>
  void serialize(A& a);
};

enum class EntryKind : std::uint8_t {
  kApplied = 0,
  kInert = 1,  ///< body only (3.3)
  kOwn = 2,    ///< the reader's own change: id, position, effective time only (5.3)
  kEnter = 3,  ///< a record entered the scope: its class state (6.1)
  kEvict = 4,  ///< a record left the scope
};

struct FeedEntry {
  std::uint64_t position = 0;
  EntryKind kind = EntryKind::kApplied;
  ChangeId id;   ///< kApplied, kInert, kOwn
  Bytes body;    ///< kApplied, kInert
  Bytes values;  ///< kApplied
  WallMs effective_ms = 0;
  bool suspect = false;
  bool own_inert = false;        ///< kOwn: quarantined at the server
  std::vector<ChangeId> ghosts;  ///< made at the server by this change
  Id record;                     ///< kEnter, kEvict
  std::uint16_t record_kind = 0;
  Id parent;
  Bytes state;  ///< kEnter: encode_class_state; kEvict: LeftAt (leaving.hpp)
  template <class A>
  void serialize(A& a);
};

/// One state row of a snapshot page.
struct StateRow {
  Id record;
  std::uint16_t kind = 0;
  Id parent;
  Bytes state;
  template <class A>
  void serialize(A& a) {
    a(record.octets, kind, parent.octets, state);
  }
};

/// Entries (from, to] of one (scope, class) feed, or one page of its snapshot read at `to` (5.3).
struct FeedPage {
  Id scope;
  std::uint8_t privacy = 0;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::vector<FeedEntry> entries;
  bool is_snapshot = false;
  std::vector<StateRow> rows;  ///< by record id
  Id snapshot_after;           ///< resume point: last record of this page; nil = the snapshot is complete
  std::vector<PackedChange> originals;  ///< changes whose writes are still heads (7.1), where asked
  Bytes reserved;  ///< empty; the place of a signature no program has made: README, how a page is vouched for
  template <class A>
  void serialize(A& a);
};

struct ScopeDigest {
  Id scope;
  std::uint8_t privacy = 0;
  std::uint64_t position = 0;
  std::uint64_t records = 0;
  Digest128 digest;
  template <class A>
  void serialize(A& a);
};

struct Grant {
  Id division;
  std::string role;
  std::string from;  ///< date
  std::string to;    ///< date or ""
  template <class A>
  void serialize(A& a) {
    a(division.octets, role, from, to);
  }
};

/// What this device may hold: the scopes of its grants, with the classes of each.
struct HeldScope {
  Id scope;
  std::string code;
  std::vector<std::uint8_t> classes;
  template <class A>
  void serialize(A& a) {
    a(scope.octets, code, classes);
  }
};

/// Server -> laptop.
struct ExchangeAnswer {
  enum class Verdict : std::uint8_t {
    kTaken = 0,
    kExpected = 1,  ///< batch did not follow: send from `expected` (4.1)
    kFork = 2,      ///< the chain differs: go on as a new replica (7.2)
    kBehind = 3,    ///< the server has more of this replica than the laptop: `returned` brings it (5.2)
    kRevoked = 4,   ///< pushed changes kept in quarantine, nothing to read (4.3)
  };
  std::uint16_t protocol = kProtocol;  ///< at most the request's
  Verdict verdict = Verdict::kTaken;
  Id server;
  std::uint64_t epoch = 0;
  WallMs server_ms = 0;
  std::uint64_t expected = 0;
  Acknowledgement ack;
  Id worker;
  std::vector<Grant> grants;
  std::vector<HeldScope> scopes;  ///< shelf first
  std::vector<PackedChange> returned;
  std::vector<FeedPage> pages;
  std::vector<ScopeDigest> digests;  ///< at exactly the positions this answer ends at (5.2)
  bool more = false;                 ///< more to read in a further exchange
  std::vector<Part> parts;
  Bytes folded;                         ///< pages, and sums instead of lists (since protocol 3)
  std::optional<Digest128> digest_sum;  ///< of what was folded: instead of `digests`; not on the wire
  bool cursors_unread = false;          ///< of what was folded: name them one by one; not on the wire
  template <class A>
  void serialize(A& a);
};

struct EnrolRequest {
  std::uint16_t protocol = kProtocol;
  std::string code;  ///< one-time join code
  ReplicaId replica;
  Bytes sign_key;  ///< Ed25519 public key
  Bytes seal_key;  ///< X25519 public key
  WallMs wall_ms = 0;
  template <class A>
  void serialize(A& a);
};

struct EnrolAnswer {
  Id device;
  Id worker;
  std::string worker_name;
  Id server;
  std::string server_name;
  std::uint64_t epoch = 0;
  Bytes server_sign_key;
  Bytes server_seal_key;
  WallMs server_ms = 0;
  std::vector<HeldScope> scopes;
  template <class A>
  void serialize(A& a);
};

/// An error as it travels: what the other side needs to say the sentence in its own language.
struct WireError {
  std::string code;
  std::vector<std::pair<std::string, std::string>> args;
  [[nodiscard]] static WireError of(const Error& error);
  [[nodiscard]] Error error() const;
  template <class A>
  void serialize(A& a) {
    a(code, args);
  }
};

enum class MessageKind : std::uint8_t {
  kSignedRequest = 1,
  kExchangeAnswer = 2,
  kEnrolRequest = 3,
  kEnrolAnswer = 4,
  kError = 5,
  kBundle = 6,
  kPictureAnswer = 7,
};

inline constexpr std::size_t kMessageBytesMax = 16 * 1024 * 1024;  ///< unpacked
inline constexpr std::size_t kRequestBytesMax = 4 * 1024 * 1024;   ///< packed, what the server reads
/// Of pages in one answer: where nothing is asked for, and the most there is whatever is asked.
inline constexpr std::size_t kAnswerBytesUsual = 2 * 1024 * 1024;
inline constexpr std::size_t kAnswerBytesMax = 8 * 1024 * 1024;

/// Envelope: magic "LX", wire version, kind, unpacked length, zstd frame. Deterministic.
template <class M>
[[nodiscard]] Bytes pack(const M& message);
/// Errors "wire.malformed", "wire.too_large", "wire.newer" (a version this program cannot read).
template <class M>
[[nodiscard]] Result<M> unpack(BytesView bytes);
/// Kind of a packed message without unpacking it.
[[nodiscard]] Result<MessageKind> kind_of(BytesView bytes);
/// Payload of a SignedRequest. Errors "wire.malformed", "wire.newer" (a protocol this program does not know).
[[nodiscard]] Bytes encode_request(const ExchangeRequest& request);
[[nodiscard]] Result<ExchangeRequest> decode_request(BytesView payload);
/// Bytes a device signs for a request / the server signs for an acknowledgement. Each begins with words of
/// its own: no signature serves for another purpose.
[[nodiscard]] Bytes request_to_sign(const Id& server, std::uint64_t epoch, std::uint64_t number,
                                    BytesView payload);
[[nodiscard]] Bytes acknowledgement_to_sign(const Id& server, const Acknowledgement& ack);

}  // namespace lianxin::sync::wire
