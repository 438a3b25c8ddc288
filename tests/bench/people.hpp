#pragma once
// Invented people and what is said of them, drawn from a seeded generator. The order of draws is part of the
// workload.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::bench {

/// Mulberry32: 32 bits at a time.
class Draws {
 public:
  explicit Draws(std::uint32_t seed) : state_(seed) {}
  std::uint32_t next();
  /// 0 .. below-1
  std::uint32_t below(std::size_t below) { return static_cast<std::uint32_t>(next() % below); }

 private:
  std::uint32_t state_;
};

/// Decimal digits with leading zeros.
[[nodiscard]] std::string padded(std::uint64_t number, std::size_t width);
[[nodiscard]] std::string hex_id(Draws& draws);
[[nodiscard]] std::string date_between(Draws& draws, unsigned first_year, unsigned last_year);
[[nodiscard]] std::string person_name(Draws& draws);
[[nodiscard]] std::string province(Draws& draws);
/// Between `least` and `most` characters, commas not counted.
[[nodiscard]] std::string remark(Draws& draws, std::size_t least, std::size_t most);
[[nodiscard]] std::size_t township_of(std::size_t village);
/// Value of one of the 25 fields of a member of `village`.
[[nodiscard]] std::string field_value(Draws& draws, std::size_t field, std::size_t village);

template <class T>
[[nodiscard]] const T& pick(Draws& draws, const std::vector<T>& from) {
  return from[draws.below(from.size())];
}

}  // namespace lianxin::bench
