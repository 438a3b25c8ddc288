#pragma once
// The named checks of the catalogue's rows. They only ever warn (design.md 12).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/check.hpp"

namespace lianxin::domain {

/// The checks of a field, one word each ("length:1..50", "past").
[[nodiscard]] std::vector<std::string> check_words(const Field& field);
/// Whether a word of a row means something; a field named in it must be a date or time of `kind`.
[[nodiscard]] bool is_named_check(const Kind& kind, std::string_view word);
/// What one check has to say about a canonical, non-empty value of a record.
[[nodiscard]] std::optional<Problem> run_named_check(std::string_view word, const Field& field,
                                                     std::string_view value, const RecordValues& record,
                                                     const Date& today);

}  // namespace lianxin::domain
