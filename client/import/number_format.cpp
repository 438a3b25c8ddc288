#include "client/import/number_format.hpp"

#include <string>

#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

/// The letters of the first section that Excel would replace by parts of the value.
std::string placeholders(std::string_view format) {
  std::string out;
  for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i) {
    const char c = format[i];
    if (c == '"' || c == '[') {
      const std::size_t end = format.find(c == '"' ? '"' : ']', i + 1);
      if (end == std::string_view::npos) break;
      // "[h]" counts hours past the day; every other bracket is a colour, a condition or a language.
      const std::string inner = to_lower_ascii(format.substr(i + 1, end - i - 1));
      if (c == '[' && !inner.empty() && inner.find_first_not_of("hms") == std::string::npos) out += inner;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      out.push_back(c);
    }
  }
  return to_lower_ascii(out);
}

/// An m beside hours or seconds means minutes.
bool has_month(const std::string& letters) {
  char before = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const char c = letters[i];
    if (c == 'm') {
      std::size_t end = i;
      while (end < letters.size() && letters[end] == 'm')
        ++end;
      const std::size_t next = letters.find_first_of("ymdhse", end);
      const bool minutes = before == 'h' || (next != std::string::npos && letters[next] == 's');
      if (!minutes) return true;
      i = end - 1;
    }
    if (std::string_view("ydhse").find(c) != std::string_view::npos) before = c;
  }
  return false;
}

}  // namespace

DatePrecision builtin_format_precision(unsigned number) {
  switch (number) {
    case 14:
    case 15:
    case 16:
    case 22:
    case 28:
    case 29:
    case 30:
    case 31:
    case 51:
    case 53:
    case 54:
    case 58:
      return DatePrecision::kDay;
    case 17:
    case 27:
    case 36:
    case 50:
    case 52:
    case 57:
      return DatePrecision::kMonth;
    default:
      return DatePrecision::kNone;
  }
}

DatePrecision format_precision(std::string_view format) {
  std::string letters = placeholders(format);
  for (const std::string_view word : {"general", "am/pm", "a/p"}) {
    for (auto at = letters.find(word); at != std::string::npos; at = letters.find(word))
      letters.erase(at, word.size());
  }
  // A digit place says "number" ("0.00E+00"), except the fraction of seconds, which is a time and no date
  // either.
  if (letters.find_first_of("0#?") != std::string::npos) return DatePrecision::kNone;
  const bool year = letters.find_first_of("ye") != std::string::npos;
  const bool month = has_month(letters);
  const bool day = letters.find('d') != std::string::npos;
  if (day && (month || year)) return DatePrecision::kDay;
  if (month) return DatePrecision::kMonth;
  if (year) return DatePrecision::kYear;
  return DatePrecision::kNone;
}

}  // namespace lianxin::client::import
