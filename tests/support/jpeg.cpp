#include "tests/support/jpeg.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <turbojpeg.h>

namespace lianxin::test {
namespace {

Bytes number(std::uint32_t value, std::size_t octets, bool little_endian) {
  Bytes out;
  for (std::size_t i = 0; i < octets; ++i)
    out += static_cast<char>(value >> (8 * (little_endian ? i : octets - 1 - i)) & 0xFF);
  return out;
}

}  // namespace

Bytes quarters_jpeg(int width, int height, int noise, std::uint32_t seed, int quality) {
  constexpr std::array<std::array<int, 3>, 4> kColours{
      {{220, 20, 20}, {20, 200, 20}, {20, 20, 220}, {250, 250, 250}}};
  std::minstd_rand random(seed);
  Bytes pixels;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const std::size_t quarter = (y >= height / 2 ? 2U : 0U) + (x >= width / 2 ? 1U : 0U);
      for (const int colour : kColours[quarter]) {
        const int moved =
            noise == 0 ? 0 : static_cast<int>(random() % static_cast<unsigned>(2 * noise + 1)) - noise;
        pixels += static_cast<char>(std::clamp(colour + moved, 0, 255));
      }
    }
  }
  const tjhandle handle = tjInitCompress();
  unsigned char* raw = nullptr;
  unsigned long size = 0;
  tjCompress2(handle, reinterpret_cast<const unsigned char*>(pixels.data()), width, 0, height, TJPF_RGB, &raw,
              &size, TJSAMP_444, quality, 0);
  Bytes out(reinterpret_cast<const char*>(raw), size);
  tjFree(raw);
  tjDestroy(handle);
  return out;
}

Bytes with_exif(BytesView jpeg, int orientation, std::string_view words, bool little_endian) {
  const auto n = [&](std::uint32_t value, std::size_t octets) {
    return number(value, octets, little_endian);
  };
  Bytes tiff = little_endian ? "II" : "MM";
  tiff += n(42, 2) + n(8, 4) + n(2, 2);
  const auto length = static_cast<std::uint32_t>(words.size());
  tiff += n(0x010E, 2) + n(2, 2) + n(length, 4) + n(8 + 2 + 24 + 4, 4);  // description
  tiff += n(0x0112, 2) + n(3, 2) + n(1, 4) + n(static_cast<std::uint32_t>(orientation), 2) +
          n(0, 2);  // orientation
  tiff += n(0, 4) + Bytes(words);
  const Bytes content = Bytes("Exif\0\0", 6) + tiff;
  Bytes out(jpeg.substr(0, 2));
  out += "\xFF\xE1" + number(static_cast<std::uint32_t>(content.size() + 2), 2, false) + content;
  return out + Bytes(jpeg.substr(2));
}

Bytes with_size(BytesView jpeg, int width, int height) {
  Bytes out(jpeg);
  const std::size_t frame = out.find("\xFF\xC0");
  out.replace(frame + 5, 2, number(static_cast<std::uint32_t>(height), 2, false));
  out.replace(frame + 7, 2, number(static_cast<std::uint32_t>(width), 2, false));
  return out;
}

}  // namespace lianxin::test
