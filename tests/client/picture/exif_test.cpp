#include "client/picture/exif.hpp"

#include <doctest/doctest.h>

#include "tests/support/jpeg.hpp"

namespace lianxin::client::picture {
namespace {

TEST_CASE("how the camera was held is read in both byte orders") {
  const Bytes plain = test::quarters_jpeg(16, 16);
  CHECK(orientation_of(plain) == 1);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    CHECK(orientation_of(test::with_exif(plain, orientation, "words", true)) == orientation);
    CHECK(orientation_of(test::with_exif(plain, orientation, "words", false)) == orientation);
  }
  CHECK(orientation_of(test::with_exif(plain, 0, "")) == 1);
  CHECK(orientation_of(test::with_exif(plain, 9, "")) == 1);
}

TEST_CASE("tags cut anywhere or with any byte changed are no tags, and nothing is read beyond them") {
  const Bytes whole = test::with_exif(test::quarters_jpeg(16, 16), 6, "words");
  for (std::size_t length = 0; length < 120; ++length) {
    const Bytes cut = whole.substr(0, length);  // of its own: reading beyond the end is seen by the sanitizer
    const int read = orientation_of(cut);
    CHECK((read == 1 || read == 6));
  }
  for (std::size_t at = 0; at < 120; ++at) {
    for (const char octet : {'\x00', '\x7F', '\xFF'}) {
      Bytes changed = whole;
      changed[at] = octet;
      const int read = orientation_of(changed);
      CHECK((read >= 1 && read <= 8));
    }
  }
}

}  // namespace
}  // namespace lianxin::client::picture
