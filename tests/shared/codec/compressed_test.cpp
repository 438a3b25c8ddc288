#include "shared/codec/compressed.hpp"

#include <doctest/doctest.h>

namespace lianxin::codec {

TEST_CASE("what was packed comes back; another size, a cut or a flip is refused") {
  Bytes plain;
  for (int i = 0; i < 5000; ++i)
    plain += static_cast<char>('a' + i % 7);
  const Bytes packed = compress(plain);
  CHECK(packed.size() < plain.size() / 4);
  CHECK(packed == compress(plain));
  const auto back = decompress(packed, plain.size());
  REQUIRE(back.ok());
  CHECK(*back == plain);
  CHECK_FALSE(decompress(packed, plain.size() + 1).ok());
  CHECK_FALSE(decompress(packed.substr(0, packed.size() - 1), plain.size()).ok());
  CHECK_FALSE(decompress("", 0).ok());
  const auto nothing = decompress(compress(""), 0);
  REQUIRE(nothing.ok());
  CHECK(nothing->empty());
}

TEST_CASE("what waits packed takes no more memory than it is long") {
  const Bytes packed = compress(Bytes(1'000'000, 'x'));
  CHECK(packed.size() < 1000);
  CHECK(packed.capacity() < 2000);
}

}  // namespace lianxin::codec
