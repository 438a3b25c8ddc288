#include "shared/domain/private_numbers.hpp"

#include <string>
#include <vector>

#include "shared/base/text.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kIdLength = 18;
constexpr std::size_t kMobileDigits = 11;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_private(std::string_view run) {
  if (run.size() == kIdLength) return normalize_id_number(run).ok();
  return run.size() == kMobileDigits && is_mobile(run);
}

struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Whole runs of digits of half-width text that are a person's number, in order.
std::vector<Run> private_runs(std::string_view plain) {
  std::vector<Run> runs;
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
    if (is_private(plain.substr(begin, end - begin))) runs.push_back({begin, end});
    begin = end;
  }
  return runs;
}

}  // namespace

bool holds_private_number(std::string_view text) { return !private_runs(half_width(text)).empty(); }

std::string mask_private_numbers(std::string_view text) {
  std::string plain = half_width(text);
  const std::vector<Run> runs = private_runs(plain);
  if (runs.empty()) return std::string(text);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    const std::string number = plain.substr(run->begin, run->end - run->begin);
    plain.replace(run->begin, number.size(),
                  number.size() == kIdLength ? mask_id_number(number) : mask_phone(number));
  }
  return plain;
}

}  // namespace lianxin::domain
