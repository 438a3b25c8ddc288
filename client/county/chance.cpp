#include "client/county/chance.hpp"

#include <utility>

namespace lianxin::client::county {

Chance::Chance(std::uint64_t seed, std::string_view name) : state_(seed) {
  for (const char letter : name)
    state_ = next() ^ static_cast<unsigned char>(letter);
}

/// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t Chance::next() {
  state_ += 0x9E3779B97F4A7C15ULL;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
  return mixed ^ (mixed >> 31U);
}

std::size_t Chance::below(std::size_t n) { return static_cast<std::size_t>(next() % n); }

int Chance::between(int low, int high) {
  return low + static_cast<int>(below(static_cast<std::size_t>(high - low) + 1));
}

Date Chance::day(const Date& first, const Date& last) {
  const auto days = last.day_number() - first.day_number();
  return first.plus_days(static_cast<int>(below(static_cast<std::size_t>(days) + 1)));
}

Id Chance::id(const Date& on) {
  const auto instant = static_cast<std::uint64_t>(on.day_number() * kDayMs + between(0, kDayMs - 1));
  Id out;
  const std::uint64_t high = instant << 16U | 0x7000U | (next() & 0xFFFU);
  const std::uint64_t low = (next() & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL;
  for (std::size_t i = 0; i < 8; ++i) {
    out.octets[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
    out.octets[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
  }
  return out;
}

}  // namespace lianxin::client::county
