#include "shared/domain/id_number.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kOldLength = 15;
constexpr std::size_t kBirthAt = 6;
constexpr std::size_t kOrderEnd = 17;

char check_character(std::string_view first17) {
  constexpr std::array<int, kOrderEnd> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kCharacters = "10X98765432";
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i)
    sum += kWeights[i] * (first17[i] - '0');
  return kCharacters[static_cast<std::size_t>(sum % 11)];
}

bool is_left_out(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x00A0 || c == 0x200B || c == 0xFEFF ||
         c == U'-';
}

bool is_quote(char32_t c) { return c == U'\'' || c == 0x2018 || c == 0x2019 || c == U'`'; }

/// What a person meant: half-width, upper case, without blanks and the apostrophe that tells Excel "text".
std::string plain(std::string_view text) {
  std::u32string out;
  for (char32_t c : to_utf32(half_width(text))) {
    if (is_left_out(c) || (out.empty() && is_quote(c))) continue;
    if (c == U'x' || c == 0x00D7) c = U'X';  // the multiplication sign is a frequent slip
    out.push_back(c);
  }
  return to_utf8(out);
}

/// "1.10105194912310E+17": a number cell shown in 15 digits.
bool is_scientific(std::string_view text) {
  const std::size_t e = text.find_first_of("Ee");
  if (e == std::string_view::npos || e == 0) return false;
  std::string_view power = text.substr(e + 1);
  if (power.starts_with('+')) power.remove_prefix(1);
  std::string mantissa(text.substr(0, e));
  mantissa.erase(std::remove(mantissa.begin(), mantissa.end(), '.'), mantissa.end());
  return is_digits(mantissa) && is_digits(power);
}

std::optional<Date> birth(std::string_view number) {
  const std::string_view eight = number.substr(kBirthAt, 8);
  const std::string text = std::string(eight.substr(0, 4)) + '-' + std::string(eight.substr(4, 2)) + '-' +
                           std::string(eight.substr(6));
  const auto date = Date::parse(text);
  if (!date.ok()) return std::nullopt;
  return *date;
}

/// A double holds 15 to 16 digits, so the last ones of a number cell come back as zeros or as a multiple of
/// 16 near the truth (110105194912310021 becomes ...016). Zeros are certain; the multiple of 16 is taken as
/// the sign when the check digit is wrong as well, which a slip of the hand imitates only once in sixteen
/// times.
bool lost_in_a_cell(std::string_view number) {
  if (number.ends_with("000")) return true;
  if (!is_digits(number)) return false;
  constexpr std::size_t kLastFour = 4;  // 16 divides 10000
  int tail = 0;
  for (const char c : number.substr(number.size() - kLastFour))
    tail = tail * 10 + (c - '0');
  return tail % 16 == 0;
}

Result<std::string> whole(const std::string& number) {
  if (!is_digits(std::string_view(number).substr(0, kOrderEnd)) ||
      (number.back() != 'X' && !is_digits(number.substr(kOrderEnd)))) {
    return fail("id_number.malformed");
  }
  if (check_character(number) != number.back()) {
    return fail(lost_in_a_cell(number) ? "id_number.lost_digits" : "id_number.check_digit");
  }
  if (!birth(number)) return fail("id_number.birth");
  return number;
}

}  // namespace

Result<std::string> normalize_id_number(std::string_view text) {
  std::string number = plain(text);
  if (is_scientific(number)) return fail("id_number.lost_digits");
  if (number.size() == kOldLength && is_digits(number)) {
    // The old form has no century: all of its holders were born in the 1900s (those of the 1800s have left
    // the lists).
    number.insert(kBirthAt, "19");
    number.push_back(check_character(number));
  }
  if (number.size() != kLength) return fail("id_number.malformed");
  return whole(number);
}

Date birth_of(std::string_view id_number) {
  LX_CHECK(id_number.size() == kLength, "birth_of wants a canonical ID number");
  const auto date = birth(id_number);
  LX_CHECK(date.has_value(), "birth_of wants a canonical ID number");
  return *date;
}

std::string gender_of(std::string_view id_number) {
  LX_CHECK(id_number.size() == kLength, "gender_of wants a canonical ID number");
  return (id_number[kOrderEnd - 1] - '0') % 2 == 1 ? "1" : "2";
}

std::string mask_id_number(std::string_view id_number) {
  if (id_number.size() != kLength)
    return std::string(std::min<std::size_t>(code_points(id_number), kLength), '*');
  return std::string(id_number.substr(0, kBirthAt)) + "********" + std::string(id_number.substr(14));
}

}  // namespace lianxin::domain
