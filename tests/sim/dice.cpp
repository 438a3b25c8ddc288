#include "tests/sim/dice.hpp"

#include <cstring>
#include <sodium.h>

namespace lianxin::sim {
namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

std::uint64_t mixed(std::uint64_t word) {
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ULL;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EBULL;
  return word ^ (word >> 31);
}

Dice& bytes_dice() {
  static Dice dice(0);
  return dice;
}

const char* name_of_source() { return "simulation"; }
std::uint32_t word() { return static_cast<std::uint32_t>(bytes_dice().next() >> 32); }
void fill(void* out, const std::size_t size) {
  auto* at = static_cast<unsigned char*>(out);
  for (std::size_t done = 0; done < size; done += sizeof(std::uint64_t)) {
    const std::uint64_t next = bytes_dice().next();
    std::memcpy(at + done, &next, size - done < sizeof next ? size - done : sizeof next);
  }
}

}  // namespace

std::uint64_t Dice::next() {
  state_ += kGolden;
  return mixed(state_);
}

void seed_random_bytes(std::uint64_t seed) {
  static randombytes_implementation source{name_of_source, word, nullptr, nullptr, fill, nullptr};
  static const bool is_set = randombytes_set_implementation(&source) == 0;
  (void)is_set;
  bytes_dice() = Dice(mixed(seed + kGolden));
}

}  // namespace lianxin::sim
