#include "shared/domain/phone.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace lianxin::domain;

namespace {

std::string number_of(std::string_view text) {
  const auto phone = normalize_phone(text);
  return phone.ok() ? *phone : phone.error().code;
}

TEST_CASE("mobile numbers as people write them") {
  for (const std::string_view text :
       {"13900001111", "139 0000 1111", "139-0000-1111", "+86 139 0000 1111", "+8613900001111",
        "0086-13900001111", "86 13900001111", "(+86)13900001111", "１３９００００１１１１", "013900001111",
        " 13900001111\t", "139.0000.1111"}) {
    CHECK_MESSAGE(number_of(text) == "13900001111", text);
  }
}

TEST_CASE("no operator's prefix is refused") {
  for (const std::string text :
       {"16200001111", "16500001111", "16700001111", "17000001111", "17100001111", "19200001111"}) {
    CHECK(number_of(text) == text);
    CHECK(is_mobile(text));
  }
}

TEST_CASE("landlines with and without area code") {
  CHECK(number_of("0439-7221234") == "0439-7221234");
  CHECK(number_of("04397221234") == "0439-7221234");
  CHECK(number_of("(0439)7221234") == "0439-7221234");
  CHECK(number_of("（0439） 7221234") == "0439-7221234");
  CHECK(number_of("0439—7221234") == "0439-7221234");
  CHECK(number_of("+86 439 7221234") == "0439-7221234");
  CHECK(number_of("01088881234") == "010-88881234");
  CHECK(number_of("021-88881234") == "021-88881234");
  CHECK(number_of("7221234") == "7221234");
  CHECK(number_of("88881234") == "88881234");
}

TEST_CASE("what is no number is told, not changed") {
  for (const std::string_view text : {"", "无", "1390000111", "139000011112", "13900001111/13900002222",
                                      "12345", "0439-722", "微信同号", "139a0001111", "12000001111"}) {
    CHECK_MESSAGE(number_of(text) == "phone.malformed", text);
  }
}

TEST_CASE("an extension makes no other number of a landline") {
  for (const std::string_view text : {"0439-7221234-8", "0439-7221234 8", "（0439）7221234—8", "7221234-8"})
    CHECK_MESSAGE(number_of(text) == "phone.malformed", text);
  CHECK(number_of("0439-722-1234") == "0439-7221234");
  CHECK(number_of("0431 8876 5432") == "0431-88765432");
  CHECK(number_of("0431-88 76 54 32") == "0431-88765432");
}

TEST_CASE("masked for lists") {
  CHECK(mask_phone("13812341234") == "138****1234");
  CHECK(mask_phone("0439-7221234") == "0439-722****");
  CHECK(mask_phone("7221234") == "722****");
  CHECK(mask_phone("无号") == "**");
}

}  // namespace
