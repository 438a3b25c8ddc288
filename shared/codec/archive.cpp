#include "shared/codec/archive.hpp"

namespace lianxin::codec {

std::uint64_t Reader::long_varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    std::uint8_t octet = 0;
    raw(&octet, 1);
    const std::uint64_t bits = octet & 0x7FU;
    if (shift == 63 && bits > 1) throw Malformed{"codec.malformed"};
    value |= bits << shift;
    if (octet < 0x80) {
      if (octet == 0 && shift > 0) throw Malformed{"codec.malformed"};  // not minimal
      return value;
    }
  }
  throw Malformed{"codec.malformed"};
}

std::size_t Reader::count(std::size_t element_bytes, std::size_t maximum) {
  const std::uint64_t wanted = varint();
  if (wanted > rest_.size()) throw Malformed{"codec.truncated"};
  if (wanted > maximum || wanted * element_bytes > budget_) throw Malformed{"codec.limit"};
  budget_ -= static_cast<std::size_t>(wanted) * element_bytes;
  return static_cast<std::size_t>(wanted);
}

}  // namespace lianxin::codec
