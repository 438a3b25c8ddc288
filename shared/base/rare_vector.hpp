#pragma once
// A vector that is empty as a rule, in the room of one pointer: where there are tens of thousands of them,
// what is rare takes no room. Adding and erasing end its iterators and references.
#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace lianxin {

template <class T>
class RareVector {
 public:
  using value_type = T;
  using iterator = T*;
  using const_iterator = const T*;

  RareVector() = default;
  RareVector(std::vector<T> all)  // NOLINT(google-explicit-constructor): it is one
      : all_(all.empty() ? nullptr : std::make_unique<std::vector<T>>(std::move(all))) {}
  RareVector(std::initializer_list<T> all) : RareVector(std::vector<T>(all)) {}
  RareVector(const RareVector& other)
      : all_(other.empty() ? nullptr : std::make_unique<std::vector<T>>(*other.all_)) {}
  RareVector(RareVector&&) noexcept = default;
  RareVector& operator=(const RareVector& other) {
    if (this != &other) *this = RareVector(other);
    return *this;
  }
  RareVector& operator=(RareVector&&) noexcept = default;
  ~RareVector() = default;

  [[nodiscard]] bool empty() const { return !all_ || all_->empty(); }
  [[nodiscard]] std::size_t size() const { return all_ ? all_->size() : 0; }
  [[nodiscard]] iterator begin() { return all_ ? all_->data() : nullptr; }
  [[nodiscard]] iterator end() { return begin() + size(); }
  [[nodiscard]] const_iterator begin() const { return all_ ? all_->data() : nullptr; }
  [[nodiscard]] const_iterator end() const { return begin() + size(); }
  [[nodiscard]] const T& front() const { return *begin(); }
  [[nodiscard]] T& operator[](std::size_t at) { return begin()[at]; }
  [[nodiscard]] const T& operator[](std::size_t at) const { return begin()[at]; }
  [[nodiscard]] T& back() { return all_->back(); }

  void push_back(T one) { held().push_back(std::move(one)); }
  iterator insert(const_iterator before, T one) {
    const std::ptrdiff_t at = before - begin();
    held().insert(held().begin() + at, std::move(one));
    return begin() + at;
  }
  iterator erase(const_iterator one) {
    const std::ptrdiff_t at = one - begin();
    all_->erase(all_->begin() + at);
    return begin() + at;
  }
  void clear() { all_.reset(); }

  bool operator==(const RareVector& other) const {
    return std::equal(begin(), end(), other.begin(), other.end());
  }

 private:
  std::vector<T>& held() {
    if (!all_) all_ = std::make_unique<std::vector<T>>();
    return *all_;
  }
  std::unique_ptr<std::vector<T>> all_;
};

}  // namespace lianxin
