#pragma once
// Checks of values and records. Only a few things block saving (design.md 12); the rest are warnings to show.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/message.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::domain {

/// One problem with one field; "problem.<code>" is the key of its sentence. `args` always hold {"field",
/// identifier}; `other` is an identifier too (problem_sentence puts the names in their place).
struct Problem {
  std::string field;
  std::string code;
  std::vector<ErrorArg> args;
  bool blocks = false;
};

/// Bytes a value may have at most, whatever its field.
inline constexpr std::size_t kValueMaxBytes = 32 * 1024;
inline constexpr std::size_t kStrokesMaxBytes = 8 * 1024;
inline constexpr std::size_t kThumbnailMaxBytes = 8 * 1024;  ///< base64

/// Canonical bytes of what was typed for a field (sync.md 2.5): trimmed, half-width where it is a number,
/// dates and phones normalised, code names turned into codes. For sets: of one element. Empty = cleared. Only
/// a wrong type or an unknown code is an error, "problem.<code>" with the Problem's args; a doubtful phone or
/// ID number stays as typed and check_record warns.
[[nodiscard]] Result<std::string> canonical_value(const Field& field, std::string_view typed);

/// Shown values of one record: scalar fields by name; sets as the elements present.
struct RecordValues {
  std::map<std::string, std::string> scalars;
  std::map<std::string, std::vector<std::string>> sets;
};

/// Everything wrong or doubtful with a whole record on `today`; blocking ones first. `creating`:
/// required-to-save fields and a place (member or organisation) are asked; later only that they are not
/// cleared. Stamps the program itself fills in (org_id_at_event) have to be there already.
[[nodiscard]] std::vector<Problem> check_record(const Kind& kind, const RecordValues& values,
                                                const Date& today, bool creating);
/// The sentence of a problem in the language of `messages`, with the names of its fields.
[[nodiscard]] std::string problem_sentence(const Messages& messages, const Kind& kind,
                                           const Problem& problem);
/// Name of a field ("field.<kind>.<field>", else "field.common.<field>").
[[nodiscard]] std::string field_label(const Messages& messages, const Kind& kind, std::string_view field);

}  // namespace lianxin::domain
