#include "shared/domain/named_check.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/text.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/name.hpp"
#include "shared/domain/phone.hpp"
#include "shared/domain/places.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::domain {
namespace {

/// Days a date may lie ahead: a clock past midnight, a visit typed in the evening (domain.md 2.3).
constexpr int kDaysAhead = 1;

struct Span {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::optional<Span> span_after(std::string_view word, std::string_view prefix) {
  if (!word.starts_with(prefix)) return std::nullopt;
  const std::string_view body = word.substr(prefix.size());
  const std::size_t dots = body.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto low = number(body.substr(0, dots));
  const auto high = number(body.substr(dots + 2));
  if (!low || !high || *low > *high) return std::nullopt;
  return Span{*low, *high};
}

std::string_view other_field(std::string_view word) {
  constexpr std::string_view kPrefix = "not_before:";
  return word.starts_with(kPrefix) ? word.substr(kPrefix.size()) : std::string_view();
}

Problem problem(const Field& field, std::string_view code, std::vector<ErrorArg> args = {}) {
  args.insert(args.begin(), {"field", field.name});
  return {field.name, std::string(code), std::move(args), false};
}

bool within(const Span& span, std::int64_t value) { return value >= span.low && value <= span.high; }

std::optional<Problem> check_length(const Field& field, const Span& span, std::string_view value) {
  if (within(span, static_cast<std::int64_t>(code_points(value)))) return std::nullopt;
  return problem(field, "length", {{"low", std::to_string(span.low)}, {"high", std::to_string(span.high)}});
}

std::optional<Problem> check_range(const Field& field, const Span& span, std::string_view value) {
  const auto count = number(value);
  if (!count || within(span, *count)) return std::nullopt;
  return problem(field, "range", {{"low", std::to_string(span.low)}, {"high", std::to_string(span.high)}});
}

bool is_division_code(std::string_view text) {
  return is_digits(text) && (text.size() == 6 || text.size() == 9 || text.size() == 12);
}

bool is_year(std::string_view text) { return text.size() == 4 && is_digits(text) && text >= "1900"; }

/// 2026Q3
bool is_quarter(std::string_view text) {
  return text.size() == 6 && is_year(text.substr(0, 4)) && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4';
}

/// 2026-09
bool is_month(std::string_view text) {
  return text.size() == 7 && is_year(text.substr(0, 4)) && PartialDate::parse(text).ok();
}

/// Where somebody has gone: no code of the country's begins with "99".
std::optional<Problem> check_place(const Field& field, std::string_view value) {
  if (value == "unknown") return std::nullopt;
  if (!is_division_code(value)) return problem(field, "division");
  if (place_name(value).empty()) return problem(field, "division_place");
  return std::nullopt;
}

/// "id_number.check_digit" is the text key "problem.id_number_check_digit".
std::optional<Problem> check_id_number(const Field& field, std::string_view value) {
  const auto read = normalize_id_number(value);
  if (read.ok()) return std::nullopt;
  std::string code = read.error().code;
  std::replace(code.begin(), code.end(), '.', '_');
  return problem(field, code);
}

std::optional<Problem> check_past(const Field& field, std::string_view value, const Date& today) {
  const auto date = PartialDate::parse(value);
  if (!date.ok() || date->first_day() <= today.plus_days(kDaysAhead)) return std::nullopt;
  return problem(field, "in_future", {{"today", today.text()}});
}

bool is_before(Type type, std::string_view value, std::string_view other) {
  if (type == Type::kTime) return value < other;
  const auto own = PartialDate::parse(value);
  const auto first = PartialDate::parse(other);
  // Of a date known to the month, any day may be meant: only what cannot be is a problem.
  return own.ok() && first.ok() && own->last_day() < first->first_day();
}

std::optional<Problem> check_order(const Field& field, std::string_view other, std::string_view value,
                                   const RecordValues& record) {
  const auto found = record.scalars.find(std::string(other));
  if (found == record.scalars.end() || found->second.empty()) return std::nullopt;
  if (!is_before(field.type, value, found->second)) return std::nullopt;
  return problem(field, "before_other", {{"other", std::string(other)}, {"date", found->second}});
}

std::optional<Problem> check_private(const Field& field, std::string_view value) {
  if (!holds_private_number(value)) return std::nullopt;
  return problem(field, "private_number");
}

bool is_plain_word(std::string_view word) {
  constexpr std::string_view kWords[] = {"nonzero", "name",      "phone",
                                         "account", "id_number", "division",
                                         "past",    "private",   "division_or_unknown",
                                         "quarter", "month"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

std::optional<Problem> if_not(bool good, const Field& field, std::string_view code) {
  if (good) return std::nullopt;
  return problem(field, code);
}

/// WeChat accounts are words; only what looks like a number is checked as one.
bool is_account(std::string_view value) {
  return std::any_of(value.begin(), value.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }) ||
         normalize_phone(value).ok();
}

}  // namespace

std::vector<std::string> check_words(const Field& field) {
  return field.check.empty() ? std::vector<std::string>() : split(field.check, ' ');
}

bool is_named_check(const Kind& kind, std::string_view word) {
  if (is_plain_word(word) || span_after(word, "length:") || span_after(word, "range:")) return true;
  const std::string_view other = other_field(word);
  const Field* field = other.empty() ? nullptr : kind.field(other);
  return field != nullptr &&
         (field->type == Type::kDate || field->type == Type::kPartialDate || field->type == Type::kTime);
}

std::optional<Problem> run_named_check(std::string_view word, const Field& field, std::string_view value,
                                       const RecordValues& record, const Date& today) {
  if (const auto span = span_after(word, "length:")) return check_length(field, *span, value);
  if (const auto span = span_after(word, "range:")) return check_range(field, *span, value);
  if (const auto other = other_field(word); !other.empty()) return check_order(field, other, value, record);
  if (word == "id_number") return check_id_number(field, value);
  if (word == "past") return check_past(field, value, today);
  if (word == "private") return check_private(field, value);
  if (word == "nonzero") return if_not(value != "0", field, "zero");
  if (word == "name") return if_not(normalize_name(value).ok(), field, "name");
  if (word == "phone") return if_not(normalize_phone(value).ok(), field, "phone");
  if (word == "account") return if_not(is_account(value), field, "phone");
  if (word == "division") return if_not(is_division_code(value), field, "division");
  if (word == "division_or_unknown") return check_place(field, value);
  if (word == "quarter") return if_not(is_quarter(value), field, "quarter");
  if (word == "month") return if_not(is_month(value), field, "month");
  return std::nullopt;
}

}  // namespace lianxin::domain
