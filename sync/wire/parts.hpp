#pragma once
// Content of the parts with tags 1 to 5 (protocol 2): healing (sync.md 9), purges (11), what is offered to a
// restored server (7.1), and the office's word on what it keeps aside (3.3).
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

inline constexpr std::uint16_t kPartHealing = 1;
inline constexpr std::uint16_t kPartPurges = 2;
inline constexpr std::uint16_t kPartOffers = 3;
inline constexpr std::uint16_t kPartDecisions = 4;
/// Request, empty: the answer that ends at its cursors is still being taken in, so they are not kept yet.
inline constexpr std::uint16_t kPartAhead = 24;
inline constexpr std::uint16_t kPartHealed = 5;  ///< answer, beside kPartHealing: HealedChanges

// --- healing: two sides that differ are narrowed down by ranges of record ids

/// Ids above `after` up to and with `upto`.
struct IdRange {
  Id after;
  Id upto;
  auto operator<=>(const IdRange&) const = default;
  [[nodiscard]] bool holds(const Id& id) const { return after < id && id <= upto; }
  template <class A>
  void serialize(A& a) {
    a(after.octets, upto.octets);
  }
};
/// Every id.
[[nodiscard]] IdRange whole_range();

struct RangeSum {
  IdRange range;
  std::uint64_t records = 0;
  Digest128 digest;
  template <class A>
  void serialize(A& a);
};

/// One (scope, class) that was unequal.
struct HealAsk {
  Id scope;
  std::uint8_t privacy = 0;
  std::vector<IdRange> split;  ///< asks for the sums of at most kHealWays ranges that make up each of these
  std::vector<IdRange> fetch;  ///< asks for the states of all records in these
  template <class A>
  void serialize(A& a) {
    a(scope.octets, privacy, split, fetch);
  }
};
/// What the laptop has put right since it last said so; no values, no ids.
struct Repaired {
  Id scope;
  std::uint8_t privacy = 0;
  std::uint64_t records = 0;
  template <class A>
  void serialize(A& a) {
    a(scope.octets, privacy, records);
  }
};
struct HealRequest {
  std::vector<HealAsk> asks;
  std::vector<Repaired> repaired;
  template <class A>
  void serialize(A& a) {
    a(asks, repaired);
  }
};

inline constexpr std::size_t kHealWays = 16;
inline constexpr std::size_t kHealRangesMax =
    256;  ///< of one ask; what is beyond waits for the next exchange

struct HealTold {
  Id scope;
  std::uint8_t privacy = 0;
  std::uint64_t position = 0;  ///< of the feed when this was read: the end of the same answer's pages
  std::vector<RangeSum> sums;
  std::vector<IdRange> whole;  ///< fetched ranges of which `rows` has every record
  std::vector<StateRow> rows;  ///< by record
  template <class A>
  void serialize(A& a) {
    a(scope.octets, privacy, position, sums, whole, rows);
  }
};
struct HealAnswer {
  std::vector<HealTold> told;
  template <class A>
  void serialize(A& a) {
    a(told);
  }
};

// --- purges

/// The server numbers the purges of a record 1, 2, ...; `sequence` numbers all of them.
struct Purge {
  std::uint64_t sequence = 0;
  Id record;
  std::uint64_t number = 0;
  std::vector<std::uint16_t> fields;  ///< sorted; empty = every field that says something about the person
  template <class A>
  void serialize(A& a) {
    a(sequence, record.octets, number, fields);
  }
};
struct PurgeRequest {
  std::uint64_t held = 0;  ///< highest sequence up to which the laptop has everything
  template <class A>
  void serialize(A& a) {
    a(held);
  }
};
struct PurgeAnswer {
  std::vector<Purge> purges;  ///< above `held`, in order
  template <class A>
  void serialize(A& a) {
    a(purges);
  }
};

// --- offers to a server that has lost something

/// Counters first to last of one replica.
struct IdRun {
  ReplicaId replica;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  template <class A>
  void serialize(A& a);
};
/// Runs of sorted ids.
[[nodiscard]] std::vector<IdRun> runs_of(const std::vector<ChangeId>& sorted);

/// Somebody else's change as a feed of an earlier epoch told it.
struct OfferedChange {
  PackedChange
      change;  ///< values sealed to the server where the record has left the one who wrote them (6.3)
  WallMs effective_ms = 0;
  bool suspect = false;
  template <class A>
  void serialize(A& a) {
    a(change, effective_ms, suspect);
  }
};
/// The changes that healed states show, so that they too can be offered one day. An older laptop passes over
/// them.
struct HealedChanges {
  std::vector<OfferedChange> changes;
  template <class A>
  void serialize(A& a) {
    a(changes);
  }
};
struct OfferRequest {
  std::vector<IdRun> have;             ///< asks which of these the server lacks
  std::vector<OfferedChange> changes;  ///< some of those it said it lacks
  template <class A>
  void serialize(A& a) {
    a(have, changes);
  }
};
struct OfferAnswer {
  std::vector<IdRun> lacking;  ///< of `have`
  template <class A>
  void serialize(A& a) {
    a(lacking);
  }
};

// --- decisions

/// A change the laptop shows as kept aside.
struct AsideId {
  ChangeId id;
  template <class A>
  void serialize(A& a);
};
struct DecisionRequest {
  std::vector<AsideId> waiting;
  template <class A>
  void serialize(A& a) {
    a(waiting);
  }
};
/// How one of them stands now; `status` as the server stores it (0 applied, 1 kept aside, 2 closed).
struct Decision {
  ChangeId id;
  std::uint8_t status = 0;
  std::string reason;  ///< kept aside: text key "quarantine.<reason>"; closed: the office's own words
  std::string owner;   ///< code of the deciding office, "" = the county
  template <class A>
  void serialize(A& a);
};
struct DecisionAnswer {
  std::vector<Decision> decisions;
  template <class A>
  void serialize(A& a) {
    a(decisions);
  }
};

/// Content of a part. `decode_part` errors "wire.malformed". For the nine messages above.
template <class M>
[[nodiscard]] Bytes encode_part(const M& message);
template <class M>
[[nodiscard]] Result<M> decode_part(BytesView content);

}  // namespace lianxin::sync::wire
