#include "shared/base/text.hpp"

#include <doctest/doctest.h>

namespace lianxin {
namespace {

TEST_CASE("text is well-formed UTF-8 without zero and without surrogates") {
  for (const char* good : {"", "abc", "赵连心", "王𬭎", "\xF4\x8F\xBF\xBF"})
    CHECK_MESSAGE(is_valid_text(good), good);
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE8\xB5", "a\xE8"})
    CHECK_FALSE(is_valid_text(bad));
  CHECK_FALSE(is_valid_text(std::string_view("a\0b", 3)));
}

TEST_CASE("characters are counted and cut whole, also beyond the basic plane") {
  CHECK(code_points("王𬭎") == 2);
  CHECK(to_utf8(to_utf32("王𬭎a·")) == "王𬭎a·");
  CHECK(first_code_points("王𬭎远", 2) == "王𬭎");
  CHECK(first_code_points("王", 5) == "王");
}

TEST_CASE("blanks of every kind go at the ends, not in the middle") {
  CHECK(trim("\xEF\xBB\xBF \t赵\u3000 连心\u00A0\u3000\n\u200B") == "赵\u3000 连心");
  CHECK(trim("\u3000 \u00A0").empty());
  CHECK(trim("").empty());
  // What is no UTF-8 is kept as U+FFFD, one an octet.
  CHECK(trim(" \xE3\x80 赵\xFF\u3000") == "\uFFFD\uFFFD 赵\uFFFD");
}

TEST_CASE("full-width letters and digits become plain ones, Chinese stays") {
  CHECK(half_width("１３８ＡＢ（ｘ）\u3000赵，") == "138AB(x) 赵,");
  CHECK(to_lower_ascii("ABÜ赵") == "abÜ赵");
}

TEST_CASE("splitting and joining undo each other") {
  for (const char* text : {"", "a", "a,b", ",", "a,,b,"})
    CHECK(join(split(text, ','), ",") == text);
  CHECK(split("a,,b", ',').size() == 3);
}

TEST_CASE("digits are one or more of 0 to 9") {
  CHECK(is_digits("0123456789"));
  for (const char* text : {"", "1a", "-1", "１", " 1"})
    CHECK_FALSE(is_digits(text));
}

}  // namespace
TEST_CASE("a whole number is read whole or not at all") {
  CHECK(read_integer("0") == 0);
  CHECK(read_integer("-12") == -12);
  CHECK(read_integer("9223372036854775807") == INT64_MAX);
  for (const char* none : {"", "-", "+1", " 1", "1 ", "1.5", "12a", "9223372036854775808", "一"}) {
    CAPTURE(none);
    CHECK(read_integer(none) == std::nullopt);
  }
}

TEST_CASE("a number kept in hundredths is said with its point") {
  CHECK(decimal_text(0, 2) == "0");
  CHECK(decimal_text(5, 2) == "0.05");
  CHECK(decimal_text(50, 2) == "0.5");
  CHECK(decimal_text(1200, 2) == "12");
  CHECK(decimal_text(1234, 2) == "12.34");
  CHECK(decimal_text(-5, 1) == "-0.5");
  CHECK(decimal_text(7, 0) == "7");
  CHECK(decimal_text(70, 0) == "70");
}

TEST_CASE("what a person wrote can be nothing but text in XML and HTML") {
  CHECK(markup_escaped("<script>alert('1')</script>") == "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;");
  CHECK(markup_escaped(R"(a"b&c)") == "a&quot;b&amp;c");
  CHECK(markup_escaped("赵连心") == "赵连心");
  CHECK(markup_escaped("a\x01\x1B b\n\tc") == "a b\n\tc");
}

}  // namespace lianxin
