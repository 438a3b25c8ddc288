// One value, one encoding; hostile bytes ask for nothing.
#include "shared/codec/archive.hpp"

#include <doctest/doctest.h>
#include <random>

#include "shared/codec/codec.hpp"

namespace lianxin::codec {
namespace {

enum class Word : std::uint8_t { kOne = 1, kMany = 200 };

struct Inner {
  std::int32_t number = 0;
  std::optional<std::string> text;
  template <class A>
  void serialize(A& a) {
    a(number, text);
  }
  bool operator==(const Inner&) const = default;
};

struct Outer {
  std::uint64_t wide = 0;
  std::uint8_t narrow = 0;
  bool flag = false;
  Word word = Word::kOne;
  std::array<std::uint8_t, 4> four{};
  std::vector<Inner> inner;
  std::vector<std::pair<std::string, std::string>> pairs;
  template <class A>
  void serialize(A& a) {
    Fixed64 fixed{wide};
    a(fixed, narrow, flag, word, four, inner, pairs);
  }
  bool operator==(const Outer&) const = default;
};

Outer sample() {
  Outer out{~std::uint64_t{0}, 255, true, Word::kMany, {1, 2, 3, 4}, {}, {}};
  out.inner = {{-1, "赵"}, {std::numeric_limits<std::int32_t>::min(), std::nullopt}, {0, ""}};
  out.pairs = {{"a", "b"}, {"", ""}};
  return out;
}

TEST_CASE("what is written is read as the same, and costs what it should") {
  CHECK(decode<Outer>(encode(sample())).value() == sample());
  CHECK(encode(std::uint64_t{127}).size() == 1);
  CHECK(encode(std::uint64_t{128}).size() == 2);
  CHECK(encode(~std::uint64_t{0}).size() == 10);
  CHECK(encode(std::int64_t{-1}).size() == 1);
  for (int shift = 0; shift < 64; ++shift) {
    const std::uint64_t one = std::uint64_t{1} << shift;
    for (const std::uint64_t n : {one - 1, one, one + 1})
      REQUIRE(decode<std::uint64_t>(encode(n)).value() == n);
  }
}

TEST_CASE("cut anywhere, or with something behind, it is refused") {
  const Bytes whole = encode(sample());
  for (std::size_t length = 0; length < whole.size(); ++length)
    CHECK_FALSE(decode<Outer>(whole.substr(0, length)).ok());
  CHECK(decode<Outer>(whole + "x").error().code == "codec.trailing");
}

TEST_CASE("a number has one form: padded, too wide or wrong ones are malformed") {
  CHECK(decode<std::uint64_t>(Bytes("\x80\x00", 2)).error().code == "codec.malformed");
  CHECK(decode<std::uint8_t>(Bytes("\x80\x02", 2)).error().code == "codec.malformed");
  CHECK(decode<bool>(Bytes("\x02", 1)).error().code == "codec.malformed");
  CHECK(decode<std::uint64_t>(Bytes(11, '\xFF')).error().code == "codec.malformed");
}

TEST_CASE("a few bytes cannot ask for much memory") {
  Bytes hostile;
  Writer writer(hostile);
  writer.varint(1ULL << 40U);
  CHECK(decode<std::string>(hostile).error().code == "codec.truncated");
  Limits limits;
  limits.string_bytes_max = 3;
  CHECK(decode<std::string>(encode(std::string("four")), limits).error().code == "codec.limit");
  limits = {};
  limits.elements_max = 2;
  CHECK(decode<std::vector<std::string>>(encode(std::vector<std::string>(3)), limits).error().code ==
        "codec.limit");
  limits = {};
  limits.memory_budget_bytes = 1000;
  CHECK(decode<std::vector<Inner>>(encode(std::vector<Inner>(100)), limits).error().code == "codec.limit");
}

TEST_CASE("whatever decodes encodes to the same bytes again") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  const Bytes whole = encode(sample());
  int read = 0;
  for (int i = 0; i < 20000; ++i) {
    Bytes bytes = whole;
    for (auto flips = random() % 3 + 1; flips > 0; --flips)
      bytes[random() % bytes.size()] = static_cast<char>(random() & 0xFF);
    const auto decoded = decode<Outer>(bytes);
    if (!decoded.ok()) continue;
    ++read;
    REQUIRE(encode(*decoded) == bytes);
  }
  CHECK(read > 0);
}

}  // namespace
}  // namespace lianxin::codec
