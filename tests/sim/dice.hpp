#pragma once
// Where every decision of a story comes from: one seed. Also the program's own random bytes (ids, salts,
// keys), so that a seed tells the same story to the last byte.
#include <cstdint>
#include <vector>

namespace lianxin::sim {

/// splitmix64: the same on every machine and library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] std::uint64_t next();
  /// 0 ... n-1; n > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t n) { return next() % n; }
  [[nodiscard]] bool chance(std::uint64_t percent) { return below(100) < percent; }
  template <class T>
  [[nodiscard]] const T& pick(const std::vector<T>& of) {
    return of[below(of.size())];
  }

 private:
  std::uint64_t state_;
};

/// From now on libsodium draws from this seed. Never in a program that people use.
void seed_random_bytes(std::uint64_t seed);

}  // namespace lianxin::sim
