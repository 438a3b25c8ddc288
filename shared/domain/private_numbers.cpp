#include "shared/domain/private_numbers.hpp"

#include <string>

#include "shared/base/text.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kIdLength = 18;
constexpr std::size_t kMobileLength = 11;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_private(std::string_view run) {
  if (run.size() == kIdLength) return normalize_id_number(run).ok();
  return run.size() == kMobileLength && is_mobile(run);
}

}  // namespace

bool holds_private_number(std::string_view text) {
  const std::string plain = half_width(text);
  std::size_t begin = 0;
  while (begin < plain.size()) {
    if (!is_digit(plain[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < plain.size() && is_digit(plain[end]))
      ++end;
    // The last place of an ID number may be an X.
    const bool with_x =
        end - begin == kIdLength - 1 && end < plain.size() && (plain[end] == 'X' || plain[end] == 'x');
    if (with_x) ++end;
    if (is_private(std::string_view(plain).substr(begin, end - begin))) return true;
    begin = end;
  }
  return false;
}

}  // namespace lianxin::domain
