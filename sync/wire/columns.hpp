#pragma once
// Columns: what many changes and entries of one message have in common stands side by side, so that it packs
// well (since protocol 3). Every column holds minimal numbers and octets; what was written has one way to be
// written, and whoever reads refuses any other. Internal to this folder.
#include <array>
#include <deque>
#include <map>
#include <unordered_map>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/codec/codec.hpp"

namespace lianxin::sync::wire {

/// Final for protocol 3.
enum class Column : std::uint8_t {
  // changes
  kForm,
  kSuite,
  kFormat,
  kReplica,
  kCounter,
  kAction,
  kStamp,
  kStampCount,
  kWall,
  kAuthor,
  kRecord,
  kKind,
  kParent,
  kScope,
  kPurge,
  kScopePosition,
  kCause,
  kCauseRef,
  kNote,
  kShape,
  kNewShape,
  kSeen,
  kSeenReplica,
  kSeenCounter,
  kSeenHash,
  kGroupSeen,
  kGroupReplica,
  kGroupCounter,
  kGroupHash,
  kSecret,
  kSalts,
  kState,
  kText,
  kReference,
  kOpaque,
  // pages
  kPageScope,
  kPagePrivacy,
  kPageFrom,
  kPageTo,
  kPageEntries,
  // entries
  kEntry,
  kEntryMarks,
  kPosition,
  kEffective,
  kEntryReplica,
  kEntryCounter,
  kGhosts,
  kGhostReplica,
  kGhostCounter,
  kEntryRecord,
  kEntryKind,
  kEntryParent,
  kEntryState,
  // names
  kNewId,
  kNewReplica,
  kCount
};
inline constexpr auto kColumns = static_cast<std::size_t>(Column::kCount);
[[nodiscard]] constexpr std::size_t place_of(Column column) { return static_cast<std::size_t>(column); }

/// Ids, or replicas, that were told once in this message; `Key{}` is none.
template <class Key, class Hash = std::hash<Key>>
class Names {
 public:
  static constexpr std::uint64_t kSame = 0;  ///< as before in this column
  static constexpr std::uint64_t kNone = 1;
  static constexpr std::uint64_t kFresh = 2;
  static constexpr std::uint64_t kKnown = 3;  ///< and up: so many back from the newest

  /// What comes next in this column is likely this one.
  void expect(Column column, const Key& key) { before_[place_of(column)] = key; }
  [[nodiscard]] const Key& before(Column column) const { return before_[place_of(column)]; }
  [[nodiscard]] bool has(const Key& key) const { return places_.count(key) > 0; }
  void add(const Key& key) {
    places_.emplace(key, known_.size());
    known_.push_back(key);
  }
  /// The one number that stands for it.
  [[nodiscard]] std::uint64_t number_of(Column column, const Key& key) const {
    if (key == before(column)) return kSame;
    if (key == Key{}) return kNone;
    const auto found = places_.find(key);
    return found == places_.end() ? kFresh : kKnown + (known_.size() - 1 - found->second);
  }
  /// For kKnown and above.
  [[nodiscard]] const Key& known(std::uint64_t number) const {
    const std::uint64_t back = number - kKnown;
    if (back >= known_.size()) throw codec::Malformed{"codec.malformed"};
    return known_[known_.size() - 1 - static_cast<std::size_t>(back)];
  }

 private:
  std::array<Key, kColumns> before_{};
  std::vector<Key> known_;
  std::unordered_map<Key, std::size_t, Hash> places_;
};

struct ReplicaHash {
  std::size_t operator()(const ReplicaId& replica) const noexcept {
    return std::hash<std::uint64_t>{}(replica.number);
  }
};

class ColumnWriter {
 public:
  ColumnWriter() : columns_(kColumns) {
    for (Bytes& column : columns_)
      writers_.emplace_back(column);
  }

  void number(Column column, std::uint64_t value) { writers_[place_of(column)].varint(value); }
  /// The way from `before`, whichever direction is shorter.
  void step(Column column, std::uint64_t value, std::uint64_t before);
  void octets(Column column, BytesView bytes) { columns_[place_of(column)].append(bytes); }
  void text(Column column, BytesView bytes) {
    number(column, bytes.size());
    octets(column, bytes);
  }
  void id(Column column, const Id& id);
  void replica(Column column, ReplicaId replica);
  [[nodiscard]] Names<Id>& ids() { return ids_; }
  /// Everything written; nothing may be written after it.
  [[nodiscard]] std::vector<Bytes> take() { return std::move(columns_); }

 private:
  std::vector<Bytes> columns_;
  std::deque<codec::Writer> writers_;
  Names<Id> ids_;
  Names<ReplicaId, ReplicaHash> replicas_;
};

/// Throws codec::Malformed, which `codec::decode_into` turns into an error.
class ColumnReader {
 public:
  /// Both must outlive it. What is made of the columns takes at most the limits' memory.
  ColumnReader(const std::vector<Bytes>& columns, const codec::Limits& limits);

  [[nodiscard]] std::uint64_t number(Column column) { return readers_[place_of(column)].varint(); }
  /// A number of that width.
  template <class T>
  [[nodiscard]] T narrow(Column column) {
    const std::uint64_t wide = number(column);
    if (wide > std::numeric_limits<T>::max()) throw codec::Malformed{"codec.malformed"};
    return static_cast<T>(wide);
  }
  [[nodiscard]] bool flag(Column column);
  [[nodiscard]] std::uint64_t step(Column column, std::uint64_t before);
  void octets(Column column, void* into, std::size_t size) { readers_[place_of(column)].raw(into, size); }
  [[nodiscard]] Bytes text(Column column, std::size_t bytes_max);
  [[nodiscard]] Id id(Column column);
  [[nodiscard]] ReplicaId replica(Column column);
  [[nodiscard]] Names<Id>& ids() { return ids_; }
  /// How many of something there are, each of which takes an octet in `column` and so many in memory, for a
  /// while.
  [[nodiscard]] std::size_t count(Column column, std::uint64_t wanted, std::size_t element_bytes,
                                  std::size_t elements_max);
  /// Memory for what stays, and for a while.
  void charge(std::size_t bytes);
  void lend(std::size_t bytes);
  void give_back() { lent_ = 0; }
  [[nodiscard]] bool is_empty(Column column) const { return readers_[place_of(column)].left() == 0; }
  /// Nothing is left in any column.
  [[nodiscard]] bool is_done() const;

 private:
  std::size_t budget_;
  std::size_t lent_ = 0;
  std::deque<codec::Reader> readers_;
  Names<Id> ids_;
  Names<ReplicaId, ReplicaHash> replicas_;
};

}  // namespace lianxin::sync::wire
