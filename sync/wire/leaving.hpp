#pragma once
// Parts of the conversation about what leaves a laptop (sync.md 4.3, 6.3), and about what was lost with a
// disk (4.2), and the names of a copy's chain (7.2). Tags 10 to 13, 22 and 23.
#include <cstdint>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/codec/codec.hpp"

namespace lianxin::sync::wire {

inline constexpr std::uint16_t kPartConfirmed = 10;  ///< request: Confirmed
inline constexpr std::uint16_t kPartErased = 11;     ///< request: ErasedValues
inline constexpr std::uint16_t kPartSealed = 12;     ///< request: SealedValues
inline constexpr std::uint16_t kPartBackup = 13;     ///< answer: BackupReach
inline constexpr std::uint16_t kPartRest = 22;       ///< request: ChainRest
inline constexpr std::uint16_t kPartBranches = 23;   ///< answer that acknowledges a branch: BranchNames

/// "I have taken all that left this scope up to `position`; this chain of mine went to `counter` then." A
/// laptop with earlier chains says it of each, the one that went on first.
struct ConfirmedScope {
  Id scope;
  std::uint64_t position = 0;  ///< in the feed of class 0; 0 = the scope itself ended
  ReplicaId replica;
  std::uint64_t counter = 0;
  template <class A>
  void serialize(A& a) {
    codec::Fixed64 number{replica.number};
    a(scope.octets, position, number, counter);
  }
};
struct Confirmed {
  std::vector<ConfirmedScope> scopes;
  template <class A>
  void serialize(A& a) {
    a(scopes);
  }
};

/// Counters of the speaking replica whose values the laptop does not have any more: told with their bytes.
struct CounterRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  template <class A>
  void serialize(A& a) {
    a(first, last);
  }
};
struct ErasedValues {
  std::vector<CounterRange> ranges;  ///< rising
  [[nodiscard]] bool has(std::uint64_t counter) const {
    for (const CounterRange& range : ranges) {
      if (range.first <= counter && counter <= range.last) return true;
    }
    return false;
  }
  template <class A>
  void serialize(A& a) {
    a(ranges);
  }
};

/// Values of changes of this request, sealed to the server when their record left the laptop.
struct SealedValue {
  std::uint64_t counter = 0;
  Bytes values;
  template <class A>
  void serialize(A& a) {
    a(counter, values);
  }
};
struct SealedValues {
  std::vector<SealedValue> values;
  template <class A>
  void serialize(A& a) {
    a(values);
  }
};

/// When a record left a scope, by the clock that all share; beside its kEvict, as its `state`. Older servers
/// leave that empty. A laptop that never held the record learns by it since when somebody is gone.
struct LeftAt {
  WallMs at_ms = 0;
  template <class A>
  void serialize(A& a) {
    a(at_ms);
  }
};

/// A verified backup of the server holds the speaking replica up to this counter.
struct BackupReach {
  std::uint64_t counter = 0;
  template <class A>
  void serialize(A& a) {
    a(counter);
  }
};

/// The speaking replica's chain is here from `first` on; what lay before it was lost with a disk, after the
/// server had it. A restored server, which may have lost it too, need not ask for it (4.2, 7.1).
struct ChainRest {
  std::uint64_t first = 0;
  template <class A>
  void serialize(A& a) {
    a(first);
  }
};

/// What goes by another name in the chain that is acknowledged: from each first counter on. A branch may have
/// parted from a branch (7.2), and whoever was copied further on has never heard of the earlier one.
struct BranchName {
  std::uint64_t first = 0;
  ReplicaId name;
  template <class A>
  void serialize(A& a) {
    codec::Fixed64 number{name.number};
    a(first, number);
  }
};
struct BranchNames {
  std::vector<BranchName> names;
  template <class A>
  void serialize(A& a) {
    a(names);
  }
};

}  // namespace lianxin::sync::wire
