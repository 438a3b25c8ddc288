#include "shared/domain/phone.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kMobileLength = 11;
constexpr std::size_t kLocalMin = 7;
constexpr std::size_t kLocalMax = 8;

bool is_separator(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'(' || c == U')' || c == U'[' ||
         c == U']' || c == U'.' || c == U'\'' || c == 0x00A0 || c == 0x200B || c == 0xFEFF || c == 0x3010 ||
         c == 0x3011;
}

bool is_dash(char32_t c) {
  return c == U'-' || c == U'_' || c == U'/' || c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013 ||
         c == 0x2014 || c == 0x2015 || c == 0x2212;
}

/// The digits; empty when anything else than what people put between digits stands there.
std::string plain(std::string_view text) {
  std::string digits;
  for (const char32_t c : to_utf32(half_width(text))) {
    if (c >= U'0' && c <= U'9') {
      digits.push_back(static_cast<char>(c));
    } else if (!(c == U'+' && digits.empty()) && !is_separator(c) && !is_dash(c)) {
      return {};
    }
  }
  return digits;
}

bool is_mobile_number(std::string_view digits) {
  return digits.size() == kMobileLength && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

/// Without +86 or 0086, and without the 0 that some switchboards want before a mobile number.
std::string without_country(std::string digits) {
  const bool written_out = digits.starts_with("0086");
  if (written_out || (digits.starts_with("86") && digits.size() >= kMobileLength)) {
    digits.erase(0, written_out ? 4 : 2);
    const bool needs_area_zero = !digits.starts_with('0') && !is_mobile_number(digits);
    if (needs_area_zero) digits.insert(0, 1, '0');
  }
  if (digits.starts_with('0') && is_mobile_number(std::string_view(digits).substr(1))) digits.erase(0, 1);
  return digits;
}

/// Area codes: 010 and 02x have three digits, all others four.
std::size_t area_length(std::string_view digits) {
  return digits.starts_with("010") || digits.starts_with("02") ? 3 : 4;
}

Result<std::string> number_in(std::string_view text) {
  const std::string digits = without_country(plain(text));
  if (is_mobile_number(digits)) return digits;
  const bool has_area = digits.starts_with('0');
  const std::size_t area = has_area ? area_length(digits) : 0;
  if (digits.size() < area + kLocalMin || digits.size() > area + kLocalMax) return fail("phone.malformed");
  // A local number never begins with 0.
  if (digits[area] == '0') return fail("phone.malformed");
  return has_area ? digits.substr(0, area) + '-' + digits.substr(area) : digits;
}

/// "0439-7221234-8": what stands apart behind a whole number is an extension, no digit of it.
bool has_extension(std::string_view text) {
  constexpr std::size_t kExtensionMax = 4;
  const std::u32string all = to_utf32(half_width(trim(text)));
  const auto apart = std::find_if(all.rbegin(), all.rend(), [](char32_t c) { return c < U'0' || c > U'9'; });
  const auto behind = static_cast<std::size_t>(apart - all.rbegin());
  if (apart == all.rend() || behind == 0 || behind > kExtensionMax) return false;
  const bool is_apart = is_dash(*apart) || is_separator(*apart);
  return is_apart && number_in(to_utf8(std::u32string_view(all).substr(0, all.size() - behind - 1))).ok();
}

}  // namespace

Result<std::string> normalize_phone(std::string_view text) {
  auto number = number_in(text);
  if (number.ok() && !is_mobile_number(*number) && has_extension(text)) return fail("phone.malformed");
  return number;
}

bool is_mobile(std::string_view phone) { return is_digits(phone) && is_mobile_number(phone); }

std::string mask_phone(std::string_view phone) {
  if (is_mobile(phone)) return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(7));
  const bool ascii =
      std::all_of(phone.begin(), phone.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii || phone.size() <= 4) return std::string(code_points(phone), '*');
  return std::string(phone.substr(0, phone.size() - 4)) + "****";
}

}  // namespace lianxin::domain
