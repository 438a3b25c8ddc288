#pragma once
// A vector that keeps one element inside itself: where there is one as a rule, nothing is allocated for it
// and nothing of it lies apart. Adding, erasing and moving the vector end its iterators and references.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <new>
#include <utility>

namespace lianxin {

template <class T>
class ShortVector {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  ShortVector() noexcept {}
  ShortVector(std::initializer_list<T> all) { add(all.begin(), all.end()); }
  ShortVector(const ShortVector& other) { add(other.begin(), other.end()); }
  ShortVector(ShortVector&& other) noexcept { take(other); }
  ShortVector& operator=(const ShortVector& other) {
    if (this == &other) return *this;
    clear();
    add(other.begin(), other.end());
    return *this;
  }
  ShortVector& operator=(ShortVector&& other) noexcept {
    if (this == &other) return *this;
    let_go();
    take(other);
    return *this;
  }
  ~ShortVector() { let_go(); }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] iterator begin() { return data(); }
  [[nodiscard]] iterator end() { return data() + size_; }
  [[nodiscard]] const_iterator begin() const { return data(); }
  [[nodiscard]] const_iterator end() const { return data() + size_; }
  [[nodiscard]] T& front() { return *begin(); }
  [[nodiscard]] const T& front() const { return *begin(); }
  [[nodiscard]] T& back() { return *(end() - 1); }
  [[nodiscard]] const T& back() const { return *(end() - 1); }
  [[nodiscard]] T& operator[](std::size_t at) { return data()[at]; }
  [[nodiscard]] const T& operator[](std::size_t at) const { return data()[at]; }

  void reserve(std::size_t wanted) {
    if (wanted <= capacity_) return;
    T* const wider = std::allocator<T>().allocate(wanted);
    std::uninitialized_move(begin(), end(), wider);
    const std::uint32_t size = size_;
    let_go();
    outside_ = wider;
    size_ = size;
    capacity_ = static_cast<std::uint32_t>(wanted);
  }
  void push_back(T one) {
    if (size_ == capacity_) reserve(2 * std::size_t{capacity_});
    ::new (static_cast<void*>(end())) T(std::move(one));
    ++size_;
  }
  iterator insert(const_iterator before, T one) {
    const std::ptrdiff_t at = before - begin();
    push_back(std::move(one));
    std::rotate(begin() + at, end() - 1, end());
    return begin() + at;
  }
  iterator erase(const_iterator one) {
    const iterator at = begin() + (one - begin());
    std::move(at + 1, end(), at);
    --size_;
    std::destroy_at(end());
    return at;
  }
  void clear() {
    std::destroy(begin(), end());
    size_ = 0;
  }

  bool operator==(const ShortVector& other) const {
    return std::equal(begin(), end(), other.begin(), other.end());
  }

 private:
  [[nodiscard]] bool is_outside() const { return capacity_ > 1; }
  [[nodiscard]] T* data() { return is_outside() ? outside_ : reinterpret_cast<T*>(&inside_); }
  [[nodiscard]] const T* data() const {
    return is_outside() ? outside_ : reinterpret_cast<const T*>(&inside_);
  }
  void add(const_iterator from, const_iterator to) {
    reserve(size_ + static_cast<std::size_t>(to - from));
    for (; from != to; ++from)
      push_back(*from);
  }
  /// This one is empty and holds no memory.
  void take(ShortVector& other) noexcept {
    if (other.is_outside()) {
      outside_ = other.outside_;
      size_ = std::exchange(other.size_, 0);
      capacity_ = std::exchange(other.capacity_, 1);
      return;
    }
    std::uninitialized_move(other.begin(), other.end(), begin());
    size_ = other.size_;
    other.clear();
  }
  void let_go() noexcept {
    clear();
    if (is_outside()) std::allocator<T>().deallocate(outside_, capacity_);
    capacity_ = 1;
  }

  union {
    T* outside_;
    alignas(T) std::byte inside_[sizeof(T)];
  };
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 1;
};

/// How many went.
template <class T, class Wanted>
std::size_t erase_if(ShortVector<T>& all, Wanted wanted) {
  const std::size_t before = all.size();
  auto end = std::remove_if(all.begin(), all.end(), wanted);
  while (end != all.end())
    all.erase(all.end() - 1);
  return before - all.size();
}

}  // namespace lianxin
