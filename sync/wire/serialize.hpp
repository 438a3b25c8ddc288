#pragma once
// Field order of the messages on the wire: final for protocols 1 to 3.
#include "shared/codec/codec.hpp"
#include "sync/change/serialize.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

using change::serialize_id;

template <class A>
void serialize_replica(A& a, ReplicaId& replica) {
  codec::Fixed64 number{replica.number};
  a(number);
}

template <class A>
void ExchangeRequest::serialize(A& a) {
  a(protocol, catalogue);
  serialize_replica(a, replica);
  a(number, epoch, wall_ms, own_counter, own_hash.octets, first, previous.octets, changes, more, cursors,
    verdict, answer_bytes_max);
  if (protocol > kProtocolFirst) a(parts);
  if (protocol > kProtocolInFiles) a(folded);
}

template <class A>
void Acknowledgement::serialize(A& a) {
  a(epoch);
  serialize_replica(a, replica);
  a(counter, hash.octets, outcomes, signature);
}

/// A ghost's id inside a vector.
struct GhostId {
  ChangeId id;
  template <class A>
  void serialize(A& a) {
    serialize_id(a, id);
  }
};

template <class A>
void FeedEntry::serialize(A& a) {
  a(position, kind);
  const bool is_change = kind == EntryKind::kApplied || kind == EntryKind::kInert || kind == EntryKind::kOwn;
  if (!is_change) {
    a(record.octets, record_kind, parent.octets, state);
    return;
  }
  serialize_id(a, id);
  std::vector<GhostId> packed;
  if constexpr (!A::is_loading::value) {
    for (const ChangeId& ghost : ghosts)
      packed.push_back({ghost});
  }
  a(body, values, effective_ms, suspect, own_inert, packed);
  if constexpr (A::is_loading::value) {
    for (const GhostId& ghost : packed)
      ghosts.push_back(ghost.id);
  }
}

template <class A>
void FeedPage::serialize(A& a) {
  a(scope.octets, privacy, from, to, entries, is_snapshot, rows, snapshot_after.octets, originals, reserved);
}

template <class A>
void ScopeDigest::serialize(A& a) {
  codec::Fixed64 low{digest.low};
  codec::Fixed64 high{digest.high};
  a(scope.octets, privacy, position, records, low, high);
}

template <class A>
void ExchangeAnswer::serialize(A& a) {
  a(protocol, verdict, server.octets, epoch, server_ms, expected, ack, worker.octets, grants, scopes,
    returned, pages, digests, more);
  if (protocol > kProtocolFirst) a(parts);
  if (protocol > kProtocolInFiles) a(folded);
}

template <class A>
void EnrolRequest::serialize(A& a) {
  a(protocol, code);
  serialize_replica(a, replica);
  a(sign_key, seal_key, wall_ms);
}

template <class A>
void EnrolAnswer::serialize(A& a) {
  a(device.octets, worker.octets, worker_name, server.octets, server_name, epoch, server_sign_key,
    server_seal_key, server_ms, scopes);
}

}  // namespace lianxin::sync::wire
