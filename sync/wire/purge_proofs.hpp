#pragma once
// Purges outlive the server's own list of them (sync.md 11): the server signs each purge it tells, laptops
// keep that proof, and a server that was restored without its list takes the purge from whoever shows it.
// Older programs pass over both parts.
#include <cstdint>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::wire {

inline constexpr std::uint16_t kPartPurgeProofs = 6;  ///< answer, beside kPartPurges: PurgeProofs
inline constexpr std::uint16_t kPartProvenPurges =
    7;  ///< request: ProvenPurges; answer: empty, they were seen
inline constexpr std::size_t kProvenPurgesMax = 1000;  ///< in one request

struct PurgeProofs {
  std::vector<Bytes> proofs;  ///< of the purges of the same answer, in their order; Ed25519, 64 octets
  template <class A>
  void serialize(A& a) {
    a(proofs);
  }
};

struct ProvenPurge {
  Id record;
  std::uint64_t number = 0;
  std::vector<std::uint16_t> fields;
  Bytes proof;
  template <class A>
  void serialize(A& a) {
    a(record.octets, number, fields, proof);
  }
};

struct ProvenPurges {
  std::vector<ProvenPurge> purges;
  template <class A>
  void serialize(A& a) {
    a(purges);
  }
};

/// What the server signs of a purge: whose server it is, and everything but the place in its list.
[[nodiscard]] Bytes purge_to_sign(const Id& server, const Id& record, std::uint64_t number,
                                  const std::vector<std::uint16_t>& fields);

[[nodiscard]] Bytes encode_proofs(const PurgeProofs& proofs);
[[nodiscard]] Bytes encode_proven(const ProvenPurges& purges);
/// Error "wire.malformed", also for more than an answer may tell or a request may show.
[[nodiscard]] Result<PurgeProofs> decode_proofs(BytesView content);
[[nodiscard]] Result<ProvenPurges> decode_proven(BytesView content);

}  // namespace lianxin::sync::wire
