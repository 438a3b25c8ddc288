#include "client/picture/exif.hpp"

#include <cstdint>

namespace lianxin::client::picture {
namespace {

constexpr std::uint16_t kTagOrientation = 0x0112;
constexpr std::uint16_t kTypeShort = 3;
constexpr std::size_t kEntryBytes = 12;

/// Numbers of a TIFF block, in the order its head says; 0 beyond its end.
class Tiff {
 public:
  explicit Tiff(BytesView bytes) : bytes_(bytes), is_little_(bytes.starts_with("II")) {}
  [[nodiscard]] std::uint32_t at(std::size_t place, std::size_t octets) const {
    std::uint32_t value = 0;
    if (place > bytes_.size() || octets > bytes_.size() - place) return 0;
    for (std::size_t i = 0; i < octets; ++i) {
      const std::size_t from = is_little_ ? place + octets - 1 - i : place + i;
      value = value << 8 | static_cast<unsigned char>(bytes_[from]);
    }
    return value;
  }

 private:
  BytesView bytes_;
  bool is_little_;
};

int orientation_in(BytesView block) {
  const Tiff tiff(block);
  const std::size_t directory = tiff.at(4, 4);
  const std::size_t entries = tiff.at(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (entry + kEntryBytes > block.size()) return 1;
    if (tiff.at(entry, 2) != kTagOrientation || tiff.at(entry + 2, 2) != kTypeShort) continue;
    const std::uint32_t value = tiff.at(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace

int orientation_of(BytesView jpeg) {
  constexpr std::string_view kExif("Exif\0\0", 6);
  constexpr unsigned char kApp1 = 0xE1;
  constexpr unsigned char kStartOfScan = 0xDA;
  const auto octet = [&](std::size_t place) { return static_cast<unsigned char>(jpeg[place]); };
  std::size_t at = 2;  // behind the start of the picture
  while (at + 4 <= jpeg.size() && octet(at) == 0xFF && octet(at + 1) != kStartOfScan) {
    const std::size_t length = static_cast<std::size_t>(octet(at + 2)) << 8 | octet(at + 3);
    if (length < 2 || length > jpeg.size() - at - 2) return 1;
    const BytesView content = jpeg.substr(at + 4, length - 2);
    if (octet(at + 1) == kApp1 && content.starts_with(kExif))
      return orientation_in(content.substr(kExif.size()));
    at += 2 + length;
  }
  return 1;
}

}  // namespace lianxin::client::picture
