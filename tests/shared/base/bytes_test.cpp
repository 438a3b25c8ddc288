#include "shared/base/bytes.hpp"

#include <doctest/doctest.h>

namespace lianxin {
namespace {

TEST_CASE("hex and base64 give back what went in, whatever the bytes") {
  Bytes all;
  for (int i = 0; i < 256; ++i)
    all += static_cast<char>(i);
  for (std::size_t length = 0; length <= all.size(); ++length) {
    const Bytes bytes = all.substr(0, length);
    CHECK(from_hex(to_hex(bytes)).value() == bytes);
    CHECK(from_base64(to_base64(bytes)).value() == bytes);
  }
}

TEST_CASE("hex is written small and read in either case") {
  CHECK(to_hex(Bytes("\x00\xAB\xff", 3)) == "00abff");
  CHECK(from_hex("00ABff").value() == Bytes("\x00\xAB\xff", 3));
}

TEST_CASE("what is no hex or base64 is refused") {
  for (const char* text : {"0", "0g", "00 ", " 00", "0x00"})
    CHECK(from_hex(text).error().code == "text.not_hex");
  for (const char* text : {"A", "AA=A", "!!!!", "QQ==\n"})
    CHECK_FALSE(from_base64(text).ok());
}

}  // namespace
}  // namespace lianxin
