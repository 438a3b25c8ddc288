#pragma once
// Checks of values and records. Only a few things block saving (design.md 12); the rest are warnings to show.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::domain {

/// One problem with one field; `code` is a text key "problem.<code>".
struct Problem {
  std::string field;
  std::string code;
  std::vector<ErrorArg> args;
  bool blocks = false;
};

/// Canonical bytes of what was typed for a field (sync.md 2.5): trimmed, half-width where it is a number,
/// dates and phones normalised, code names turned into codes. For sets: of one element. Error: a Problem's
/// code as Error "problem.<code>".
[[nodiscard]] Result<std::string> canonical_value(const Field& field, std::string_view typed);

/// Shown values of one record: scalar fields by name; sets as the elements present.
struct RecordValues {
  std::map<std::string, std::string> scalars;
  std::map<std::string, std::vector<std::string>> sets;
};

/// Everything wrong or doubtful with a whole record on `today`; blocking ones first. `creating`:
/// required-to-save fields are asked.
[[nodiscard]] std::vector<Problem> check_record(const Kind& kind, const RecordValues& values,
                                                const Date& today, bool creating);
/// Share of the fields marked kComplete that are filled, 0..100.
[[nodiscard]] int completeness_percent(const Kind& kind, const RecordValues& values);

}  // namespace lianxin::domain
