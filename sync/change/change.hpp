#pragma once
// The change: the unit of history and of sync (sync.md 2). Its head is kept for ever and chained; its values
// can be detached.
//
// Canonical bytes: `body` is encoded once by the author and stored, hashed and relayed byte for byte. Value
// hashes are not in the body: whoever has the values computes them (2.2), so they cost nothing on the wire.
//   head hash = BLAKE2b-256(previous head hash | length of body | body | value hash of each write in order)
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace lianxin::sync::change {

inline constexpr std::uint16_t kSuiteIntl1 = 1;  ///< BLAKE2b, Ed25519, XChaCha20-Poly1305, AEGIS-256
inline constexpr std::uint16_t kFormat = 1;
inline constexpr std::size_t kWritesMax = 512;
inline constexpr std::size_t kSeenMax = 4096;
inline constexpr std::size_t kValueBytesMax = 64 * 1024;
inline constexpr std::size_t kElementBytesMax = 64;

/// How a value is known. The order of evidence is `evidence_rank`, not this number (which is on the wire).
enum class CauseKind : std::uint8_t {
  kTyped = 0,
  kVisit = 1,
  kPhone = 2,
  kDocument = 3,
  kCorrection = 4,
  kFamily = 5,
  kImport = 6,
  kResolve = 7,
};

struct Cause {
  CauseKind kind = CauseKind::kTyped;
  Id ref;  ///< the visit or the import batch; else nil
  auto operator<=>(const Cause&) const = default;
  template <class A>
  void serialize(A& a) {
    a(kind, ref.octets);
  }
};

/// Bigger is stronger: in person > document and correction > phone > typed > family > import (design.md 12).
/// A resolution is as strong as what a person saw in person.
[[nodiscard]] int evidence_rank(CauseKind cause);

/// A head the author was shown (2.3). `hash8` where the id may name two bodies: known only from a bundle
/// (2.6), or written here before this laptop went on as a new replica, so perhaps part of a branch (7.2).
struct SeenRef {
  ChangeId id;
  std::optional<std::array<std::uint8_t, 8>> hash8;
  auto operator<=>(const SeenRef&) const = default;
  template <class A>
  void serialize(A& a);
};

struct WriteHead {
  std::uint16_t field = 0;
  std::string element;  ///< "" for scalars; a code or a record id, never text
  std::uint8_t privacy = 0;
  std::vector<SeenRef> seen;        ///< sorted by id
  std::vector<SeenRef> group_seen;  ///< 2.4, sorted by id; replaces nothing
  template <class A>
  void serialize(A& a) {
    a(field, element, privacy, seen, group_seen);
  }
};

struct ChangeBody {
  std::uint16_t suite = kSuiteIntl1;
  std::uint16_t format = kFormat;
  ChangeId id;
  std::uint64_t action = 0;  ///< first counter of the user's action
  std::uint64_t hlc = 0;
  WallMs wall_ms = 0;
  Id author;  ///< worker
  Id record;
  std::uint16_t kind = 0;
  Id parent;
  Id scope;  ///< where the author saw the record; nil = reference shelf
  std::uint64_t purge_number = 0;
  std::uint64_t scope_position =
      0;  ///< only for writes of deleted/voided: feed position of the scope (2.4), else 0
  Cause cause;
  std::string note;               ///< a person's short reason (resolution, void), else ""
  std::vector<WriteHead> writes;  ///< of one privacy class (2.8)
  [[nodiscard]] std::uint8_t privacy() const {
    return writes.empty() ? std::uint8_t{0} : writes.front().privacy;
  }
  template <class A>
  void serialize(A& a);
};

/// One write's value: a text, a clear, or what a purge left.
struct WriteValue {
  enum class State : std::uint8_t { kNull = 0, kText = 1, kPurged = 2 };
  State state = State::kNull;
  std::string text;
  Hash256 hash;  ///< only kPurged: stands for the value in the chain
  [[nodiscard]] static WriteValue of(std::optional<std::string> value);
  [[nodiscard]] std::optional<std::string> value() const;
  bool operator==(const WriteValue&) const = default;
  template <class A>
  void serialize(A& a);
};

using Secret = std::array<std::uint8_t, 16>;
using Salt = std::array<std::uint8_t, 32>;

/// The detachable part. A whole purge leaves neither secret nor salts; a partial one leaves the salts of the
/// kept values.
struct ChangeValues {
  std::optional<Secret> secret;
  std::vector<Salt> salts;  ///< empty while `secret` is there; else one per write (zero where purged)
  std::vector<WriteValue> values;
  template <class A>
  void serialize(A& a);
};

/// A change as it is stored and sent.
struct Change {
  ChangeBody body;
  Bytes body_bytes;
  ChangeValues values;
  Hash256 hash;  ///< head hash; filled when the chain is known
};

[[nodiscard]] Bytes encode_body(const ChangeBody& body);
/// Errors "change.malformed": limits, unsorted seen, writes of several classes, element not a code or id,
/// unknown suite or format.
[[nodiscard]] Result<ChangeBody> decode_body(BytesView bytes);
[[nodiscard]] Bytes encode_values(const ChangeValues& values);
/// Also checks that there is one value per write of `body`, valid UTF-8 and within the limits.
[[nodiscard]] Result<ChangeValues> decode_values(BytesView bytes, const ChangeBody& body);

/// salt = BLAKE2b(secret, field, element); value hash = BLAKE2b(salt, state, text).
[[nodiscard]] Salt salt_of(const Secret& secret, std::uint16_t field, std::string_view element);
[[nodiscard]] Hash256 value_hash(const Salt& salt, const WriteValue& value);
[[nodiscard]] std::vector<Hash256> value_hashes(const ChangeBody& body, const ChangeValues& values);
[[nodiscard]] Hash256 head_hash(const Hash256& previous, BytesView body_bytes,
                                const std::vector<Hash256>& hashes);
/// Detaches the values of `fields` (empty = all); the head hash stays the same (2.2, 11).
void purge_values(const ChangeBody& body, ChangeValues& values, const std::vector<std::uint16_t>& fields);

/// The next links of one replica's chain. Value type; the store saves it with each commit.
struct ChainEnd {
  ReplicaId replica;
  std::uint64_t counter = 0;
  Hash256 hash;  ///< zero before the first change
  bool operator==(const ChainEnd&) const = default;
};

/// Gives the body the next counter, draws its secret, links it. `values` as in body.writes.
[[nodiscard]] Change link(ChainEnd& end, ChangeBody body, std::vector<WriteValue> values);
/// Recomputes the hash of a received change that must follow `end`; moves `end`. Error "change.chain" if
/// counter or replica do not follow.
[[nodiscard]] Result<Change> follow(ChainEnd& end, Bytes body_bytes, BytesView values_bytes);

}  // namespace lianxin::sync::change
