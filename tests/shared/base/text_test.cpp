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
}  // namespace lianxin
