#pragma once
// What travels with others: parts 15-18 of an exchange and the messages of a bundle that are no exchange
// (sync.md 8.2, 8.3). Encoded by the codec, each by the functions below.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

inline constexpr std::uint16_t kPartDevices = 15;  ///< request: DeviceListAsk, answer: DeviceList
inline constexpr std::uint16_t kPartCarried = 16;  ///< request: Carried, answer: CarriedTaken
inline constexpr std::uint16_t kPartPeers = 17;    ///< request: PeerAsk, answer: PeerTold

inline constexpr std::uint16_t kPartSpeaking = 18;  ///< answer in a file: Speaking

/// The chain an answer of a file acknowledges, where it is not the one in the header.
struct Speaking {
  ReplicaId replica;
  template <class A>
  void serialize(A& a);
};

/// Which list the laptop has: it is sent again only when it is another one now.
struct DeviceListAsk {
  std::uint64_t version = 0;  ///< 0 = none yet
  template <class A>
  void serialize(A& a) {
    a(version);
  }
};

/// A scope that reader and device both hold in full, and the classes both may see.
struct SharedScope {
  Id scope;
  std::vector<std::uint8_t> classes;
  template <class A>
  void serialize(A& a) {
    a(scope.octets, classes);
  }
};

struct DeviceEntry {
  Id device;
  ReplicaId replica;
  Id worker;
  Bytes sign_key;
  Bytes seal_key;
  bool revoked = false;
  std::vector<SharedScope> shared;
  template <class A>
  void serialize(A& a);
};

/// Every laptop that holds a scope of the reader's, revoked ones too (8.3).
struct DeviceList {
  std::uint64_t version = 0;  ///< of the content; never 0
  std::vector<DeviceEntry> devices;
  template <class A>
  void serialize(A& a) {
    a(version, devices);
  }
};

/// A change for another laptop, with what its head hash is computed from.
struct PeerChange {
  Bytes body;
  Bytes values;
  Hash256 previous;  ///< head hash before it in its author's chain
  template <class A>
  void serialize(A& a) {
    a(body, values, previous.octets);
  }
};

/// One laptop's own work that has not come back from the county yet, as far as the reader may see it.
struct PeerChanges {
  ReplicaId replica;
  std::vector<PeerChange> changes;
  template <class A>
  void serialize(A& a);
};

/// Sealed segments of others' chains, handed in before one's own work (8.2).
struct Carried {
  std::vector<Bytes> segments;  ///< encoded sections, sealed to the server
  template <class A>
  void serialize(A& a) {
    a(segments);
  }
};

/// What became of each segment, by its hash.
struct CarriedTaken {
  struct One {
    Hash256 segment;
    std::string refused;  ///< "" = taken; else an error code: it will never be taken
    template <class A>
    void serialize(A& a) {
      a(segment.octets, refused);
    }
  };
  std::vector<One> segments;
  template <class A>
  void serialize(A& a) {
    a(segments);
  }
};

/// A change known by its id and the first octets of its head hash (2.6).
struct KnownHead {
  ChangeId id;
  std::array<std::uint8_t, 8> hash8{};
  template <class A>
  void serialize(A& a);
};

/// Changes that came from other laptops and not from the county yet.
struct PeerAsk {
  std::vector<KnownHead> heads;
  template <class A>
  void serialize(A& a) {
    a(heads);
  }
};

/// Which of them the county keeps, and which ids it keeps with another content.
struct PeerTold {
  std::vector<KnownHead> kept;
  std::vector<KnownHead> other;
  template <class A>
  void serialize(A& a) {
    a(kept, other);
  }
};

/// All a laptop without a network needs to begin (air-gapped enrolment): the join line and the answer the
/// server would give.
struct EnrolOffer {
  std::string code;
  std::string url;
  std::string key_pins;
  EnrolAnswer answer;
  template <class A>
  void serialize(A& a);
};

template <class M>
[[nodiscard]] Bytes encode_carried(const M& message);
/// Error "wire.malformed".
template <class M>
[[nodiscard]] Result<M> decode_carried(BytesView bytes);

/// First octets of a head's hash.
[[nodiscard]] std::array<std::uint8_t, 8> hash8_of(const Hash256& hash);

}  // namespace lianxin::sync::wire
