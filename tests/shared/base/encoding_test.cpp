#include "shared/base/encoding.hpp"

#include <doctest/doctest.h>

#include "tests/support/utf16.hpp"

using namespace lianxin;

namespace {

const std::string kText = "姓名\t电话\r\n薛海（𠮷家）\t0439-1\r\n";
/// 姓名, and a name with U+20BB7, U+36C3 and U+2CB4E that GBK has not.
constexpr std::string_view kGb = "\xD0\xD5\xC3\xFB,\x95\x34\xB2\x35\x82\x30\xB7\x31\x99\x33\xA9\x32\n";

std::string read(const std::string& bytes) {
  const auto decoded = decode_text(bytes);
  return decoded ? std::string(encoding_name(decoded->encoding)) + " " + decoded->text : "";
}

std::string in_pieces(const std::string& bytes, TextEncoding encoding, std::size_t size) {
  TextDecoder decoder(encoding);
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += size)
    REQUIRE(decoder.feed(BytesView(bytes).substr(at, size), text));
  REQUIRE(decoder.finish());
  return text;
}

}  // namespace

TEST_CASE("a text is read alike in every encoding in which offices save it") {
  CHECK(read(kText) == "utf-8 " + kText);
  CHECK(read("\xEF\xBB\xBF" + kText) == "utf-8 " + kText);
  CHECK(read("\xFF\xFE" + test::as_utf16(kText)) == "utf-16 " + kText);
  CHECK(read("\xFE\xFF" + test::as_utf16(kText, false)) == "utf-16 " + kText);
  CHECK(read(test::as_utf16(kText)) == "utf-16 " + kText);
  CHECK(read(test::as_utf16(kText, false)) == "utf-16 " + kText);
  CHECK(read(std::string(kGb)) == "gb18030 姓名,𠮷㛃𬭎\n");
  CHECK(read("") == "utf-8 ");
}

TEST_CASE("what is in no encoding is no text") {
  CHECK(read("\xFF").empty());
  CHECK(read("\xC3\x28").empty());
  CHECK(read(std::string("a\0b", 3)).empty());
  CHECK(read(test::as_utf16(kText) + "x").empty());
  CHECK(read("\xFF\xFE" + test::as_utf16(kText) + "x").empty());
  CHECK(read(std::string("\xFF\xFE\x00\xD8\x41\x00", 6)).empty());  // half a character
}

TEST_CASE("in pieces of any size it is the same text") {
  for (std::size_t size = 1; size < 9; ++size) {
    CHECK(in_pieces("\xEF\xBB\xBF" + kText, TextEncoding::kUtf8, size) == kText);
    CHECK(in_pieces("\xFF\xFE" + test::as_utf16(kText), TextEncoding::kUtf16Le, size) == kText);
    CHECK(in_pieces(test::as_utf16(kText, false), TextEncoding::kUtf16Be, size) == kText);
    CHECK(in_pieces(std::string(kGb), TextEncoding::kGb18030, size) == "姓名,𠮷㛃𬭎\n");
  }
}

TEST_CASE("what stands before a fault is given out") {
  TextDecoder decoder(TextEncoding::kGb18030);
  std::string text;
  CHECK_FALSE(decoder.feed("\xD0\xD5\n\xC3\x28\n", text));
  CHECK(text == "姓\n");
}

TEST_CASE("the beginning of a text shows its encoding, wherever it is cut") {
  const std::string utf16 = test::as_utf16(kText);
  for (std::size_t size = 20; size < utf16.size(); ++size)
    CHECK(encoding_of(utf16.substr(0, size), true) == TextEncoding::kUtf16Le);
  const std::size_t line = kText.find('\n') + 1;
  for (std::size_t size = line; size < kText.size(); ++size)
    CHECK(encoding_of(kText.substr(0, size), true) == TextEncoding::kUtf8);
  const std::string gb = std::string(kGb) + std::string(kGb);
  for (std::size_t size = kGb.size(); size < gb.size(); ++size)
    CHECK(encoding_of(gb.substr(0, size), true) == TextEncoding::kGb18030);
}
