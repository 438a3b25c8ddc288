#include "client/picture/picture.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <string>

#include "tests/support/jpeg.hpp"

namespace lianxin::client::picture {
namespace {

std::string code_of(BytesView file) {
  const auto taken = take_in(file);
  return taken.ok() ? "" : taken.error().code;
}

/// 'r', 'g', 'b', 'w' in the middle of each quarter: left above, right above, left below, right below.
std::string quarters_of(BytesView jpeg) {
  const auto pixels = pixels_of(jpeg);
  REQUIRE(pixels.ok());
  std::string out;
  for (const auto& [x, y] : std::array<std::pair<int, int>, 4>{{{1, 1}, {3, 1}, {1, 3}, {3, 3}}}) {
    const auto place =
        static_cast<std::size_t>(pixels->height * y / 4 * pixels->width + pixels->width * x / 4) * 4;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(pixels->rgba[place + i]) > 120; };
    out += at(0) && at(1) && at(2) ? 'w' : at(0) ? 'r' : at(1) ? 'g' : at(2) ? 'b' : '?';
  }
  return out;
}

TEST_CASE("a photo is kept small, upright and without what the camera put beside it") {
  const Bytes file = test::with_exif(test::quarters_jpeg(2400, 1200), 1, "GPS 42.1234 126.5678 NIKON");
  REQUIRE(file.find("GPS 42.1234") != Bytes::npos);
  const auto taken = take_in(file);
  REQUIRE(taken.ok());
  CHECK(taken->width == kLongestSide);
  CHECK(taken->height == kLongestSide / 2);
  CHECK(taken->jpeg.size() <= kBytesMax);
  for (const Bytes* kept : {&taken->jpeg, &taken->thumbnail}) {
    CHECK(kept->find("GPS") == Bytes::npos);
    CHECK(kept->find("NIKON") == Bytes::npos);
    CHECK(kept->find("Exif") == Bytes::npos);
    CHECK(quarters_of(*kept) == "rgbw");
  }
  const auto small = pixels_of(taken->thumbnail);
  REQUIRE(small.ok());
  CHECK(std::max(small->width, small->height) == kThumbSide);
  CHECK(taken->thumbnail.size() <= kThumbBytesMax);
}

TEST_CASE("a small photo keeps its size") {
  const auto taken = take_in(test::quarters_jpeg(120, 90));
  REQUIRE(taken.ok());
  CHECK(taken->width == 120);
  CHECK(taken->height == 90);
}

TEST_CASE("whatever way the camera was held, the picture stands upright") {
  const Bytes plain = test::quarters_jpeg(64, 32);
  // What each number says of the stored rows (the EXIF standard's table), as our four colours.
  const std::array<std::string, 8> upright{"rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto taken = take_in(test::with_exif(plain, orientation, ""));
    REQUIRE(taken.ok());
    CHECK_MESSAGE(quarters_of(taken->jpeg) == upright[static_cast<std::size_t>(orientation - 1)],
                  orientation);
    CHECK(taken->width == (orientation >= 5 ? 32 : 64));
  }
}

TEST_CASE("the worst picture still fits the bounds") {
  const auto taken = take_in(test::quarters_jpeg(1700, 1700, 255, 7, 95));
  REQUIRE(taken.ok());
  CHECK(taken->jpeg.size() <= kBytesMax);
  CHECK(taken->thumbnail.size() <= kThumbBytesMax);
  CHECK(std::max(taken->width, taken->height) <= kLongestSide);
}

TEST_CASE("the same file gives the same bytes, so that one picture has one name") {
  const Bytes file = test::quarters_jpeg(800, 600, 30);
  CHECK(take_in(file)->jpeg == take_in(file)->jpeg);
}

TEST_CASE("what is no photo within the bounds is refused, each with its own line") {
  const Bytes photo = test::quarters_jpeg(64, 64);
  CHECK(code_of("") == "photo.not_jpeg");
  CHECK(code_of("\x89PNG\r\n\x1A\n rest") == "photo.not_jpeg");
  CHECK(code_of(Bytes(kFileBytesMax + 1, 'x')) == "photo.file_too_large");
  CHECK(code_of(test::with_size(photo, 8000, 5001)) == "photo.too_many_pixels");
  CHECK(code_of(test::with_size(photo, 65500, 65500)) == "photo.too_many_pixels");
  CHECK(code_of(test::with_size(photo, 0, 64)) == "photo.damaged");
  CHECK(code_of("\xFF\xD8\xFF\xE0 nothing else") == "photo.damaged");
}

TEST_CASE("a photo cut off at any byte is refused") {
  const Bytes photo = test::quarters_jpeg(48, 48, 40);
  for (std::size_t length = 3; length < photo.size() - 2; ++length)
    CHECK_MESSAGE(code_of(photo.substr(0, length)) == "photo.damaged", length);
}

TEST_CASE("a photo with a byte changed is refused or taken, and never more than the bounds") {
  const Bytes photo = test::quarters_jpeg(48, 48, 40);
  for (std::size_t at = 3; at < photo.size(); ++at) {
    Bytes changed = photo;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    const auto taken = take_in(changed);
    if (taken.ok()) CHECK(std::max(taken->width, taken->height) <= kLongestSide);
  }
}

}  // namespace
}  // namespace lianxin::client::picture
