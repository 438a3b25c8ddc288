// canonical_value of check.hpp: what is typed becomes the bytes that are stored and compared.
#include <algorithm>
#include <array>

#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/amount.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/date_reader.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/name.hpp"
#include "shared/domain/named_check.hpp"
#include "shared/domain/phone.hpp"
#include "shared/domain/strokes.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kIntegerDigitsMax = 18;

Error problem(const Field& field, std::string_view code, std::vector<ErrorArg> args = {}) {
  args.insert(args.begin(), {"field", field.name});
  return fail("problem." + std::string(code), std::move(args));
}

bool is_control(char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }

/// Tabs and line ends become one blank each; other control characters of pasted text go.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\r' || c == '\t';
    if (blank && !out.empty() && out.back() != ' ') out.push_back(' ');
    if (!is_control(c)) out.push_back(c);
  }
  return out;
}

std::string several_lines(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool of_pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    const char c = text[i] == '\r' ? '\n' : text[i];
    if (!of_pair && (c == '\n' || c == '\t' || !is_control(c))) out.push_back(c);
  }
  return out;
}

bool has_check(std::string_view wanted, const Field& field) {
  const std::vector<std::string> words = check_words(field);
  return std::find(words.begin(), words.end(), wanted) != words.end();
}

std::string or_typed(const Result<std::string>& read, const std::string& typed) {
  return read.ok() ? *read : typed;
}

/// Numbers in their one form; what cannot be read as one stays, and is warned about.
std::string canonical_text(const Field& field, std::string_view typed) {
  std::string line = one_line(typed);
  if (has_check("name", field)) return or_typed(normalize_name(line), line);
  if (has_check("phone", field) || has_check("account", field)) return or_typed(normalize_phone(line), line);
  if (has_check("id_number", field)) return or_typed(normalize_id_number(line), half_width(line));
  if (has_check("division", field) || has_check("division_or_unknown", field)) return trim(half_width(line));
  return line;
}

Result<std::string> canonical_date(const Field& field, std::string_view typed) {
  const auto date = read_office_date(typed);
  if (!date.ok() && field.type == Type::kDate) return problem(field, "date_whole");
  if (!date.ok()) return problem(field, "date");
  if (field.type == Type::kDate && date->day == 0) return problem(field, "date_day");
  return date->text();
}

std::string two_digits(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

/// 9:05, 09:05, 9:05:30, 0905, and with the characters for hour and minute.
Result<std::string> canonical_time(const Field& field, std::string_view typed) {
  constexpr std::u32string_view kBetween = U":.\u65F6\u70B9\u5206\u79D2";
  std::string plain;
  for (const char32_t c : to_utf32(half_width(typed))) {
    const bool digit = c >= U'0' && c <= U'9';
    if (!digit && kBetween.find(c) == std::u32string_view::npos) return problem(field, "time");
    plain.push_back(digit ? static_cast<char>(c) : ':');
  }
  if (is_digits(plain) && plain.size() == 4) plain.insert(2, ":");
  std::vector<std::string> parts = split(plain, ':');
  if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  if (parts.size() == 1 && plain.back() == ':') parts.emplace_back("0");
  if (parts.size() < 2 || parts.size() > 3) return problem(field, "time");
  std::array<int, 3> numbers{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_digits(parts[i]) || parts[i].size() > 2) return problem(field, "time");
    numbers.at(i) = parts[i].size() == 2 ? (parts[i][0] - '0') * 10 + (parts[i][1] - '0') : parts[i][0] - '0';
  }
  if (numbers[0] > 23 || numbers[1] > 59 || numbers[2] > 59) return problem(field, "time");
  return two_digits(numbers[0]) + ':' + two_digits(numbers[1]);
}

Error no_number(const Field& field) {
  return is_amount(field) ? problem(field, "fen") : problem(field, "integer");
}

Result<std::string> canonical_integer(const Field& field, std::string_view typed) {
  std::string digits = trim(half_width(typed));
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.erase(0, 1);
  if (!is_digits(digits)) return no_number(field);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits.size() > kIntegerDigitsMax) return no_number(field);
  return negative && digits != "0" ? '-' + digits : digits;
}

Result<std::string> canonical_code(const Field& field, std::string_view typed) {
  auto code = read_code(field.target, typed);
  if (!code.ok()) return problem(field, "code", {{"text", std::string(typed)}});
  return code;
}

/// Sorted and once each, so that equal lists are equal bytes.
Result<std::string> canonical_code_list(const Field& field, std::string_view typed) {
  constexpr std::u32string_view kBetween = U",;\u3001";
  std::u32string plain = to_utf32(half_width(typed));
  std::replace_if(
      plain.begin(), plain.end(), [&](char32_t c) { return kBetween.find(c) != kBetween.npos; }, U',');
  std::vector<std::string> codes;
  for (const std::string& word : split(to_utf8(plain), ',')) {
    if (trim(word).empty()) continue;
    LX_TRY(codes.emplace_back(), canonical_code(field, trim(word)));
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return join(codes, ",");
}

Result<std::string> canonical_reference(const Field& field, std::string_view typed) {
  const auto id = Id::parse(typed);
  if (!id.ok() || id->is_nil()) return problem(field, "reference");
  return id->text();
}

Result<std::string> canonical_bool(const Field& field, std::string_view typed) {
  auto code = read_code("yes_no", typed);
  if (!code.ok()) return problem(field, "bool");
  return code;
}

Result<std::string> canonical_strokes(const Field& field, std::string_view typed) {
  if (typed.size() > kStrokesMaxBytes) return problem(field, "too_large");
  if (!is_strokes(typed)) return problem(field, "strokes");
  return std::string(typed);
}

Result<std::string> canonical_thumbnail(const Field& field, std::string_view typed) {
  if (typed.size() > kThumbnailMaxBytes) return problem(field, "too_large");
  const auto picture = from_base64(typed);
  if (!picture.ok() || !picture->starts_with("\xFF\xD8\xFF")) return problem(field, "thumbnail");
  return to_base64(*picture);
}

Result<std::string> by_type(const Field& field, std::string_view typed) {
  switch (field.type) {
    case Type::kText:
      return canonical_text(field, typed);
    case Type::kLongText:
      return several_lines(typed);
    case Type::kDate:
    case Type::kPartialDate:
      return canonical_date(field, typed);
    case Type::kTime:
      return canonical_time(field, typed);
    case Type::kInteger:
      return canonical_integer(field, typed);
    case Type::kBool:
      return canonical_bool(field, typed);
    case Type::kCode:
    case Type::kCodeSet:
      return canonical_code(field, typed);
    case Type::kReference:
    case Type::kReferenceSet:
      return canonical_reference(field, typed);
    case Type::kStrokes:
      return canonical_strokes(field, typed);
    case Type::kCodeList:
      return canonical_code_list(field, typed);
    case Type::kThumbnail:
      return canonical_thumbnail(field, typed);
  }
  LX_CHECK(false, "a type without a canonical form");
  return std::string();
}

}  // namespace

Result<std::string> canonical_value(const Field& field, std::string_view typed) {
  if (!is_valid_text(typed)) return problem(field, "invalid_text");
  if (typed.size() > kValueMaxBytes) return problem(field, "too_large");
  const std::string trimmed = trim(typed);
  if (trimmed.empty()) return std::string();
  LX_TRY(std::string value, by_type(field, trimmed));
  return trim(value);
}

}  // namespace lianxin::domain
