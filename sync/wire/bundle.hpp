#pragma once
// The messages of an exchange in a file, `.lxb` (sync.md 8, 5.5). Pure: bytes in, bytes out.
//
//   "LXB", version, length of the body (4 octets, little-endian), body, Ed25519 signature (64)
//
// The body is the codec's encoding of a clear header and of sealed sections. The signature is the sender's
// over everything before it, so a file cut or changed anywhere is refused before anything inside is looked
// at. A section is a key of its own sealed to the receiver (libsodium's sealed box) and the content under
// that key (secretstream, pieces of 64 KiB); only the offer of an enrolment, made before the receiver has a
// key, is open.
#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace lianxin::sync::wire {

inline constexpr std::uint8_t kBundleVersion = 1;                 ///< of the file
inline constexpr std::size_t kBundleBytesMax = 64 * 1024 * 1024;  ///< a whole file
inline constexpr std::size_t kBundleMessagesMax = 4096;           ///< in one section

enum class BundleKind : std::uint8_t {
  kToServer = 1,    ///< signed requests of a laptop; the first may be its enrolment
  kFromServer = 2,  ///< answers: acknowledgement and feeds
  kToPeer = 3,      ///< changes for another laptop of the scope, and the sender's own for the server (8.2)
  kOffer = 4,       ///< begins an enrolment without a network
};

/// "to_server", "from_server", "to_laptop", "offer": in JSON, and behind "bundle.kind." in texts.
[[nodiscard]] std::string_view word_of(BundleKind kind);

/// What a bundle brings of one feed: (from, to].
struct FeedRange {
  Id scope;
  std::uint8_t privacy = 0;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  template <class A>
  void serialize(A& a) {
    a(scope.octets, privacy, from, to);
  }
};

/// Readable by anybody who holds the file: ids and counts, never a name or a value.
struct BundleHeader {
  BundleKind kind = BundleKind::kToServer;
  Id bundle;
  Id server;  ///< the county it belongs to
  std::uint64_t epoch = 0;
  WallMs made_ms = 0;
  Id from_device;  ///< nil = the server
  ReplicaId from_replica;
  Id to_device;               ///< nil = the server
  ReplicaId to_replica;       ///< of an answer: the replica it acknowledges
  Bytes sign_key;             ///< of the sender; who trusts it must know it from elsewhere
  std::uint64_t number = 0;   ///< of an answer: the exchange it answers, 0 = asked by nobody
  bool enrols = false;        ///< an enrolment travels with it
  bool more = false;          ///< the sender has more than went into this file
  std::uint64_t changes = 0;  ///< written on the sender's side
  std::uint64_t first = 0;    ///< counters of these changes; 0 = none
  std::uint64_t last = 0;
  std::uint64_t entries = 0;  ///< of feeds
  std::vector<FeedRange> ranges;
  template <class A>
  void serialize(A& a);
};

/// Sealed to one receiver. `key` empty = open.
struct Section {
  Bytes key;
  Bytes content;
  template <class A>
  void serialize(A& a) {
    a(key, content);
  }
};

struct Bundle {
  BundleHeader header;
  std::vector<Section> sections;
};

/// Messages sealed to an X25519 key.
[[nodiscard]] Section seal_section(BytesView to_key, const std::vector<Bytes>& messages);
/// Messages that everybody may read.
[[nodiscard]] Section open_section(const std::vector<Bytes>& messages);
/// Errors "bundle.not_for_us" (sealed to another key), "bundle.damaged", "bundle.malformed".
[[nodiscard]] Result<std::vector<Bytes>> read_section(const Section& section, BytesView open_key,
                                                      BytesView secret_key);

/// The file's bytes, signed with the Ed25519 key that belongs to `header.sign_key`. Error "bundle.too_large".
[[nodiscard]] Result<Bytes> encode_bundle(const Bundle& bundle, BytesView sign_secret);
/// Errors: "bundle.not_one" (something else), "bundle.newer", "bundle.too_large", "bundle.cut" {have, want},
/// "bundle.damaged" (not what the sender signed), "bundle.malformed" (signed, and no bundle all the same).
[[nodiscard]] Result<Bundle> decode_bundle(BytesView bytes);
/// By the first octets alone.
[[nodiscard]] bool looks_like_bundle(BytesView bytes);

}  // namespace lianxin::sync::wire
