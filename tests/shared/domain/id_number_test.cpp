#include "shared/domain/id_number.hpp"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace lianxin;
using namespace lianxin::domain;

namespace {

const std::string kValid = "220699199507142937";
const std::string kWithX = "22069919790308002X";

std::string error_of(std::string_view text) {
  const auto read = normalize_id_number(text);
  return read.ok() ? "read as " + *read : read.error().code;
}

TEST_CASE("a valid number stays, as does every way people write it") {
  const std::vector<std::string> ways{kValid,
                                      "'" + kValid,
                                      " 220699 19950714 2937 ",
                                      "\u2018" + kValid,
                                      "220699-19950714-2937",
                                      "２２０６９９１９９５０７１４２９３７",
                                      kValid + "\n"};
  for (const std::string& text : ways) {
    const auto read = normalize_id_number(text);
    REQUIRE_MESSAGE(read.ok(), text);
    CHECK(*read == kValid);
  }
  for (const std::string text :
       {"22069919790308002x", "22069919790308002Ｘ", "22069919790308002×", "22069919790308002X"}) {
    const auto read = normalize_id_number(text);
    REQUIRE_MESSAGE(read.ok(), text);
    CHECK(*read == kWithX);
  }
}

TEST_CASE("the public example is valid, and its 15-digit form upgrades to it") {
  CHECK(error_of("11010519491231002X") == "read as 11010519491231002X");
  CHECK(error_of("110105491231002") == "read as 11010519491231002X");
  CHECK(error_of("110105194912310021") == "id_number.check_digit");
  CHECK(error_of("230307196304054513") == "id_number.check_digit");
  CHECK(error_of("220699950714293") == "read as " + kValid);
}

TEST_CASE("a number cell's lost digits are told from a slip of the hand") {
  CHECK(error_of("110105194912310016") == "id_number.lost_digits");  // ...021 through a double
  CHECK(error_of("1.10105194912310E+17") == "id_number.lost_digits");
  CHECK(error_of("1.1010519491231e17") == "id_number.lost_digits");
  CHECK(error_of("220699199507142000") == "id_number.lost_digits");  // 15 digits kept, zeros for the rest
  CHECK(error_of("220699199507142944") == "id_number.lost_digits");  // ...937 through a double
  CHECK(error_of("220699199507142938") == "id_number.check_digit");
}

TEST_CASE("what is no number, and what names no day, is told") {
  CHECK(error_of("") == "id_number.malformed");
  CHECK(error_of("无") == "id_number.malformed");
  CHECK(error_of("22069919950714293") == "id_number.malformed");
  CHECK(error_of("2206991995071429377") == "id_number.malformed");
  CHECK(error_of("22069919950714X937") == "id_number.malformed");
  CHECK(error_of("22069919950714293A") == "id_number.malformed");
  CHECK(error_of("220699197902300019") == "id_number.birth");
}

TEST_CASE("every single wrong digit and every swap of neighbours is noticed") {
  for (std::size_t i = 0; i < kValid.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = kValid;
      wrong[i] = digit;
      if (wrong != kValid) CHECK_FALSE(normalize_id_number(wrong).ok());
    }
    std::string swapped = kValid;
    if (i + 1 < swapped.size()) std::swap(swapped[i], swapped[i + 1]);
    if (swapped != kValid) CHECK_FALSE(normalize_id_number(swapped).ok());
  }
}

TEST_CASE("birth, gender and the masked form") {
  CHECK(birth_of(kValid) == Date{1995, 7, 14});
  CHECK(gender_of(kValid) == "1");
  CHECK(gender_of(kWithX) == "2");
  CHECK(mask_id_number(kValid) == "220699********2937");
  CHECK(mask_id_number(kWithX) == "220699********002X");
  CHECK(mask_id_number("12345") == "*****");
}

}  // namespace
