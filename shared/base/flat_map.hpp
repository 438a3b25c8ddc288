#pragma once
// An ordered map in one piece of memory, which copies share until one of them is written: quick to read, copy
// and compare while it has tens of entries. A write to a shared one copies all of it; inserting and erasing
// move what comes after. Both end this map's iterators and references, and so does any call that is not const
// while a copy is about. One thread for a map and its copies.
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "shared/base/check.hpp"

namespace lianxin {

template <class Key, class Value>
class FlatMap {
 public:
  using value_type = std::pair<Key, Value>;
  using Entries = std::vector<value_type>;
  using iterator = typename Entries::iterator;
  using const_iterator = typename Entries::const_iterator;

  FlatMap() = default;
  /// Sorts the entries; nullopt when a key comes twice.
  [[nodiscard]] static std::optional<FlatMap> of(Entries entries) {
    const auto less = [](const value_type& a, const value_type& b) { return a.first < b.first; };
    if (!std::is_sorted(entries.begin(), entries.end(), less))
      std::sort(entries.begin(), entries.end(), less);
    const auto twice =
        std::adjacent_find(entries.begin(), entries.end(),
                           [](const value_type& a, const value_type& b) { return a.first == b.first; });
    if (twice != entries.end()) return std::nullopt;
    FlatMap out;
    if (!entries.empty()) out.entries_ = std::make_shared<Entries>(std::move(entries));
    return out;
  }

  [[nodiscard]] iterator begin() { return own().begin(); }
  [[nodiscard]] iterator end() { return own().end(); }
  [[nodiscard]] const_iterator begin() const { return entries().begin(); }
  [[nodiscard]] const_iterator end() const { return entries().end(); }
  [[nodiscard]] std::size_t size() const { return entries().size(); }
  [[nodiscard]] bool empty() const { return entries().empty(); }

  [[nodiscard]] const_iterator lower_bound(const Key& key) const {
    return std::lower_bound(begin(), end(), key, before);
  }
  [[nodiscard]] iterator find(const Key& key) {
    const auto at = position(key);
    return at != end() && at->first == key ? at : end();
  }
  [[nodiscard]] const_iterator find(const Key& key) const {
    const auto at = lower_bound(key);
    return at != end() && at->first == key ? at : end();
  }
  /// The key must be there.
  [[nodiscard]] Value& at(const Key& key) {
    const auto found = find(key);
    LX_CHECK(found != end(), "no such key");
    return found->second;
  }
  [[nodiscard]] const Value& at(const Key& key) const {
    const auto found = find(key);
    LX_CHECK(found != end(), "no such key");
    return found->second;
  }
  Value& operator[](Key key) {
    auto at = position(key);
    if (at == end() || at->first != key) at = own().emplace(at, std::move(key), Value{});
    return at->second;
  }
  void erase(const Key& key) {
    if (std::as_const(*this).find(key) != std::as_const(*this).end()) own().erase(position(key));
  }

  bool operator==(const FlatMap& other) const {
    return entries_ == other.entries_ || entries() == other.entries();
  }

 private:
  static bool before(const value_type& entry, const Key& key) { return entry.first < key; }
  [[nodiscard]] iterator position(const Key& key) {
    return std::lower_bound(own().begin(), own().end(), key, before);
  }
  [[nodiscard]] const Entries& entries() const {
    static const Entries kNone;
    return entries_ ? *entries_ : kNone;
  }
  /// Nobody else's any more.
  [[nodiscard]] Entries& own() {
    if (!entries_) {
      entries_ = std::make_shared<Entries>();
    } else if (entries_.use_count() > 1) {
      entries_ = std::make_shared<Entries>(*entries_);
    }
    return *entries_;
  }

  std::shared_ptr<Entries> entries_;  ///< null = none
};

}  // namespace lianxin
