#pragma once
// The office's forms (domain.md 4): definitions are data in assets/reports/*.form, rows come from the ledger.
// How a form is written: head of assets/reports/f1.form.
#include <string>
#include <string_view>
#include <vector>

#include "client/figures/ledger.hpp"
#include "client/report/sheet.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::report {

/// How a cell is said.
enum class FormValue : std::uint8_t { kNumber, kText, kCode, kYesNo, kPlace, kPhone, kIdNumber, kRowNumber };

struct FormColumn {
  std::string key;    ///< text "form.<form>.<key>"
  std::string group;  ///< text of the heading above; "" = none
  double width = 8;
  FormValue value = FormValue::kText;
  std::string list;  ///< kCode
};
struct FormDefinition {
  std::string name;  ///< "f1"
  bool landscape = false;
  std::uint32_t rows_per_page = 0;  ///< of a printed page, at most; 0 = as many as there is room for
  bool by_village = false;          ///< a sheet for each village, also for one without rows (K10)
  std::vector<FormColumn> columns;
  std::string sql;  ///< village id (by_village), then a value for each column but the row number
};

/// The program's own, by name; nullptr = no such form.
[[nodiscard]] const FormDefinition* form_definition(std::string_view name);
[[nodiscard]] const std::vector<FormDefinition>& form_definitions();
/// Error "report.definition" {line, why}.
[[nodiscard]] Result<FormDefinition> parse_form(std::string_view name, std::string_view text);

struct FormFacts {
  std::string unit;  ///< name of the unit that hands it in
  Date today;
  bool unmasked = false;  ///< telephones and ID numbers in full
  std::string language;   ///< "zh" or "en", for codes
};

/// One sheet, or one for each village in the order of its code; a village without rows says so in one row
/// (K10).
[[nodiscard]] Result<std::vector<Sheet>> fill_form(figures::Ledger& ledger, const FormDefinition& definition,
                                                   const FormFacts& facts, const Messages& messages);

}  // namespace lianxin::client::report
