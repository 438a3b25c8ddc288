#pragma once
// An ordered map in one piece of memory, which copies share until one of them is written: quick to read, copy
// and compare while it has tens of entries. A write to a shared one copies all of it; inserting and erasing
// move what comes after. Both end this map's iterators and references, and so does any call that is not const
// while a copy is about. One thread for a map and its copies.
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "shared/base/check.hpp"

namespace lianxin {

template <class Key, class Value>
class FlatMap {
 public:
  using value_type = std::pair<Key, Value>;
  using iterator = value_type*;
  using const_iterator = const value_type*;

  FlatMap() = default;
  FlatMap(const FlatMap& other) noexcept : block_(other.block_) {
    if (block_ != nullptr) block_->holders.fetch_add(1, std::memory_order_relaxed);
  }
  FlatMap(FlatMap&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  FlatMap& operator=(FlatMap other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~FlatMap() { let_go(block_); }

  /// Entries in any order, until `taken`.
  class Gathering {
   public:
    explicit Gathering(std::size_t expected) { map_.reserve(expected); }
    /// The entry stays where it is until the next call.
    value_type& add(Key key, Value value) { return map_.append(std::move(key), std::move(value)); }
    /// Sorted; nullopt when a key comes twice.
    [[nodiscard]] std::optional<FlatMap> taken() {
      if (map_.block_ == nullptr) return FlatMap();
      const auto less = [](const value_type& a, const value_type& b) { return a.first < b.first; };
      const iterator from = map_.begin();
      const iterator to = map_.end();
      sort(from, to, less);
      const iterator twice = std::adjacent_find(
          from, to, [](const value_type& a, const value_type& b) { return a.first == b.first; });
      if (twice != to) return std::nullopt;
      return std::move(map_);
    }

   private:
    /// As a rule a few runs that are sorted already, the first of them the longest.
    template <class Less>
    static void sort(iterator from, iterator to, Less less) {
      constexpr int kFewRuns = 8;
      iterator sorted = std::is_sorted_until(from, to, less);
      for (int runs = 1; sorted != to; ++runs) {
        if (runs == kFewRuns) return std::sort(from, to, less);
        const iterator end = std::is_sorted_until(sorted, to, less);
        std::inplace_merge(from, sorted, end, less);
        sorted = end;
      }
    }

    FlatMap map_;
  };

  [[nodiscard]] iterator begin() { return own(); }
  [[nodiscard]] iterator end() { return own() + size(); }
  [[nodiscard]] const_iterator begin() const { return block_ == nullptr ? nullptr : block_->entries(); }
  [[nodiscard]] const_iterator end() const { return begin() + size(); }
  [[nodiscard]] std::size_t size() const { return block_ == nullptr ? 0 : block_->size; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  /// Room for so many in all.
  void reserve(std::size_t wanted) {
    if (wanted == 0) return;
    if (block_ == nullptr || block_->capacity < wanted || is_shared()) move_to(std::max(wanted, size()));
  }

  [[nodiscard]] const_iterator lower_bound(const Key& key) const {
    return std::lower_bound(begin(), end(), key, before);
  }
  [[nodiscard]] iterator find(const Key& key) {
    const iterator at = position(key);
    return at != end() && at->first == key ? at : end();
  }
  [[nodiscard]] const_iterator find(const Key& key) const {
    const const_iterator at = lower_bound(key);
    return at != end() && at->first == key ? at : end();
  }
  /// The key must be there.
  [[nodiscard]] Value& at(const Key& key) {
    const iterator found = find(key);
    LX_CHECK(found != end(), "no such key");
    return found->second;
  }
  [[nodiscard]] const Value& at(const Key& key) const {
    const const_iterator found = find(key);
    LX_CHECK(found != end(), "no such key");
    return found->second;
  }
  Value& operator[](Key key) {
    const iterator at = position(key);
    if (at != end() && at->first == key) return at->second;
    const std::ptrdiff_t place = at - begin();
    append(std::move(key), Value{});
    std::rotate(begin() + place, end() - 1, end());
    return (begin() + place)->second;
  }
  void erase(const Key& key) {
    const auto& self = std::as_const(*this);
    if (self.find(key) == self.end()) return;
    const iterator at = position(key);
    std::move(at + 1, end(), at);
    std::destroy_at(end() - 1);
    --block_->size;
  }

  bool operator==(const FlatMap& other) const {
    return block_ == other.block_ || std::equal(begin(), end(), other.begin(), other.end());
  }

 private:
  /// The entries follow it.
  struct alignas(std::max_align_t) Block {
    std::atomic<std::uint32_t> holders{1};
    std::uint32_t size = 0;
    std::uint32_t capacity = 0;
    [[nodiscard]] value_type* entries() { return reinterpret_cast<value_type*>(this + 1); }
    [[nodiscard]] const value_type* entries() const { return reinterpret_cast<const value_type*>(this + 1); }
  };
  static_assert(alignof(value_type) <= alignof(Block));

  static bool before(const value_type& entry, const Key& key) { return entry.first < key; }
  [[nodiscard]] iterator position(const Key& key) {
    const iterator from = begin();
    return std::lower_bound(from, from + size(), key, before);
  }
  [[nodiscard]] bool is_shared() const {
    return block_ != nullptr && block_->holders.load(std::memory_order_acquire) > 1;
  }
  /// Nobody else's any more.
  [[nodiscard]] value_type* own() {
    if (is_shared()) move_to(size());
    return block_ == nullptr ? nullptr : block_->entries();
  }
  value_type& append(Key&& key, Value&& value) {
    constexpr std::size_t kFirstCapacity = 4;
    if (block_ == nullptr || block_->size == block_->capacity || is_shared())
      move_to(std::max(kFirstCapacity,
                       block_ != nullptr && block_->size == block_->capacity ? 2 * size() : size() + 1));
    value_type* const made = ::new (static_cast<void*>(block_->entries() + block_->size))
        value_type(std::move(key), std::move(value));
    ++block_->size;
    return *made;
  }
  /// To a block of this map alone; what is shared is copied.
  void move_to(std::size_t capacity) {
    void* const room = ::operator new(sizeof(Block) + capacity * sizeof(value_type));
    auto* const wider = ::new (room) Block;
    wider->capacity = static_cast<std::uint32_t>(capacity);
    if (block_ != nullptr) {
      if (is_shared()) {
        std::uninitialized_copy_n(block_->entries(), block_->size, wider->entries());
      } else {
        std::uninitialized_move_n(block_->entries(), block_->size, wider->entries());
      }
      wider->size = block_->size;
    }
    let_go(std::exchange(block_, wider));
  }
  static void let_go(Block* block) {
    if (block == nullptr || block->holders.fetch_sub(1, std::memory_order_acq_rel) > 1) return;
    std::destroy_n(block->entries(), block->size);
    block->~Block();
    ::operator delete(block);
  }

  Block* block_ = nullptr;  ///< null = none
};

}  // namespace lianxin
