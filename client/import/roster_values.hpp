#pragma once
// One cell as a canonical value. Used by roster_rows.
#include <optional>
#include <string>
#include <string_view>

#include "client/import/roster_headings.hpp"
#include "client/import/workbook.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::import {

/// What became of a cell: a value, or a warning code with the text kept, or (ID numbers) a reason for
/// quarantine.
struct ReadCell {
  std::string value;       ///< canonical; empty when the cell says nothing or could not be read
  std::string warning;     ///< code, or empty
  std::string quarantine;  ///< code, or empty
  std::string leftover;    ///< text without a field
};

/// "无", "不详", "/", "-" and their like: the office wrote that there is nothing.
[[nodiscard]] bool says_nothing(std::string_view text);
/// "不详": an answer, and no value.
[[nodiscard]] bool says_unknown(std::string_view text);
/// "货运司机", "个体餐饮": the code of the one word of the list of occupations that it begins or ends with.
[[nodiscard]] std::optional<std::string> occupation_in(std::string_view text);
/// "苏州某电子厂": where somebody works, rather than what he does there.
[[nodiscard]] bool names_workplace(std::string_view text);
/// "220699********0015": what a form shows of a number in place of it, and no number.
[[nodiscard]] bool is_masked(std::string_view text);
/// A person's name: blanks inside Chinese names and every dot but U+00B7 go, a note in brackets becomes the
/// leftover.
[[nodiscard]] ReadCell read_name(std::string_view text);
/// quarantine: "id_lost_digits", "id_check_digit", "id_birth", "id_malformed".
[[nodiscard]] ReadCell read_id(const Cell& cell, std::string_view shown);
/// A date in a cell of any kind; `whole_day` when the field takes nothing less than a day.
[[nodiscard]] ReadCell read_date(const Cell& cell, std::string_view shown, bool whole_day, bool epoch_1904);
/// A value of `own`, else of the catalogue field `target`, by its type there; a field the catalogue has not
/// is read as the heading says.
[[nodiscard]] ReadCell read_field(std::string_view target, Reading reading, const Cell& cell,
                                  std::string_view shown, bool epoch_1904,
                                  const domain::Field* own = nullptr);

/// "mobility_episode.left_on" in the catalogue; nullptr = no field of it.
[[nodiscard]] const domain::Field* catalogue_field(std::string_view target);
/// A code field with a text beside it (outflow reason and its wording): words that are no code go there.
[[nodiscard]] bool has_text_beside(std::string_view target);

}  // namespace lianxin::client::import
