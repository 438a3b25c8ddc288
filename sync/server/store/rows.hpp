#pragma once
// What the server keeps, as plain data. Both implementations of the store speak these rows.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"

namespace lianxin::sync::server::store {

/// What became of a kept change (sync.md 3.3, 4.2). The number is stored.
enum class ChangeStatus : std::uint8_t { kApplied = 0, kQuarantined = 1, kClosed = 2 };

/// One kept change. `id` is the name everyone uses; the body may hold an older one after a fork (7.2).
struct LogRow {
  std::uint64_t sequence = 0;  ///< order of intake; given by the store
  ChangeId id;
  std::uint64_t action = 0;
  Id record;
  std::uint16_t kind = 0;
  Id parent;
  Id head_scope;  ///< where the author saw the record
  std::uint8_t privacy = 0;
  Id author;
  Id device;  ///< nil = the server itself
  Bytes body;
  Bytes values;
  Hash256 hash;
  WallMs accepted_ms = 0;
  WallMs effective_ms = 0;
  bool suspect = false;
  ChangeStatus status = ChangeStatus::kApplied;
  std::string reason;  ///< of a quarantine or a closing
  std::string owner;   ///< code of the office that decides, "" = the county
  bool early = false;  ///< kept by id, beyond what its replica's counter reaches; its hash is not known (4.2)
};

/// One purge of a record (sync.md 11): whoever wrote one of the fields holding a lower number loses the
/// value.
struct PurgeRow {
  std::uint64_t sequence = 0;  ///< of all purges, 1, 2, ...
  Id record;
  std::uint64_t number = 0;  ///< of this record's purges, 1, 2, ...
  std::vector<std::uint16_t> fields;
  WallMs at_ms = 0;
  std::string reason;
  bool operator==(const PurgeRow&) const = default;
};

struct RecordRow {
  Id id;
  std::uint16_t kind = 0;
  Id parent;
  bool waiting = false;    ///< its parent has not come yet (4.4)
  std::vector<Id> scopes;  ///< membership, sorted (6.1)
};

/// State of one class of one record. `audience` nil = everything; a worker's id = only what that worker wrote
/// (README).
struct StateRow {
  Id record;
  std::uint8_t privacy = 0;
  Id audience;
  Bytes state;
};

/// One gap-free feed.
struct FeedKey {
  Id scope;
  std::uint8_t privacy = 0;
  Id audience;
  auto operator<=>(const FeedKey&) const = default;
};

/// The number is stored.
enum class FeedKind : std::uint8_t { kChange = 0, kInert = 1, kEnter = 3, kEvict = 4 };

struct FeedRow {
  std::uint64_t position = 0;  ///< given by the store on append
  FeedKind kind = FeedKind::kChange;
  ChangeId change;  ///< kChange, kInert
  std::vector<ChangeId> ghosts;
  Id record;
  std::uint16_t record_kind = 0;
  Id parent;
  Bytes state;  ///< kEnter: the class state at this position
};

/// An entry with the change it came from.
struct FeedEntryRow {
  FeedRow entry;
  LogRow cause;
};

/// Where a record stands in a feed.
struct FeedMark {
  std::uint64_t position = 0;
  Id record;
  ReplicaId replica;  ///< of the change the entry came from
  FeedKind kind = FeedKind::kChange;
};

/// End of a feed: its counter row (sync.md 4.6: locked last, in sorted order).
struct FeedHead {
  FeedKey key;
  std::uint64_t position = 0;
  std::uint64_t records = 0;
  Digest128 digest;
};

/// One replica's chain as far as it is kept (4.1).
struct ReplicaRow {
  ReplicaId replica;
  Id device;
  std::uint64_t counter = 0;
  Hash256 hash;
  ReplicaId fork_of;             ///< the name in the signed bodies of a renamed branch (7.2), else none
  std::uint64_t fork_first = 0;  ///< first counter of the branch
};

struct DeviceRow {
  Id id;
  Id worker;
  Bytes sign_key;  ///< empty until enrolled
  Bytes seal_key;
  ReplicaId replica;
  std::string join_selector;  ///< first characters of the join code; kept after use, so that a second use is
                              ///< told apart
  Bytes join_hash;
  WallMs join_expires_ms = 0;
  std::uint32_t join_tries = 0;
  WallMs added_ms = 0;
  WallMs enrolled_ms = 0;
  WallMs revoked_ms = 0;  ///< 0 = not revoked
  std::uint64_t last_number = 0;
  WallMs last_seen_ms = 0;
  std::uint64_t verdict_number = 0;
  bool verdict_equal = false;
  std::int64_t clock_offset_ms = 0;
};

/// Counters that never came from a device and that the office awaits no longer (sync.md 4.2).
struct GapClosingRow {
  Id device;
  ReplicaId replica;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  WallMs at_ms = 0;
  std::string who;
  std::string reason;
  bool operator==(const GapClosingRow&) const = default;
};

/// How far a device had read one class of one scope when it last came.
struct DeviceCursor {
  Id scope;
  std::uint8_t privacy = 0;
  std::uint64_t position = 0;
};

struct GrantRow {
  Id id;
  Id worker;
  Id division;
  std::string role;
  std::string from;  ///< date
  std::string to;    ///< date, "" = open
};

/// A division, kept beside its record for finding subtrees and codes.
struct UnitRow {
  Id id;
  std::string code;
  std::string name;
  std::string level;
  Id parent;
};

/// A worker paired with a member, as a record says (its id); kept beside it for finding who is told of class
/// hardship.
struct PairingRow {
  Id id;
  Id member;
  Id worker;
  std::string from;   ///< date, "" = ever since
  std::string to;     ///< date, still open on it; "" = no end
  bool open = false;  ///< as the feeds were told last
  bool operator==(const PairingRow&) const = default;
};

struct AccountRow {
  std::string name;
  Id worker;
  std::string role;
  std::string password_hash;
};

struct AuditRow {
  std::uint64_t sequence = 0;
  WallMs at_ms = 0;
  std::string who;
  std::string action;
  Id record;
  std::string detail;  ///< ids, codes and counts, the reason of a closing; never values
};

struct AuditFilter {
  std::string who;
  Id record;
  WallMs since_ms = 0;
};

struct Counts {
  std::uint64_t changes = 0;
  std::uint64_t quarantined = 0;
  std::uint64_t records = 0;
  std::uint64_t waiting = 0;
  std::uint64_t devices = 0;
  std::uint64_t workers = 0;
  std::uint64_t feeds = 0;
  std::uint64_t units = 0;
  std::uint64_t early = 0;  ///< changes brought by others than their authors (4.2)
  std::uint64_t purges = 0;
  std::uint64_t repairs = 0;  ///< lines in the audit about copies that were put right (sync.md 9)
};

}  // namespace lianxin::sync::server::store
