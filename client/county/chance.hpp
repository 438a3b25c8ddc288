#pragma once
// Chance that is the same everywhere for the same seed: no part of the standard library decides what comes
// next.
#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::county {

class Chance {
 public:
  /// `name` keeps the draws of one part apart from those of the others.
  Chance(std::uint64_t seed, std::string_view name);

  [[nodiscard]] std::uint64_t next();
  /// 0 .. n-1; n > 0.
  [[nodiscard]] std::size_t below(std::size_t n);
  /// Both ends included.
  [[nodiscard]] int between(int low, int high);
  [[nodiscard]] bool percent(int of_hundred) { return between(1, 100) <= of_hundred; }
  [[nodiscard]] Date day(const Date& first, const Date& last);
  template <class T>
  [[nodiscard]] const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }
  /// Order of all choices by chance.
  template <class T>
  void shuffle(std::vector<T>& all) {
    for (std::size_t i = all.size(); i > 1; --i)
      std::swap(all[i - 1], all[below(i)]);
  }
  /// A record's id: a UUIDv7 of that day.
  [[nodiscard]] Id id(const Date& on);

 private:
  std::uint64_t state_ = 0;
};

}  // namespace lianxin::client::county
