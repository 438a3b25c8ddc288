#pragma once
// The office's forms (domain.md 4): definitions are data in assets/reports/*.form, rows come from the ledger.
// How a form is written: head of assets/reports/f1.form.
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/figures/ledger.hpp"
#include "client/figures/period.hpp"
#include "client/figures/undecided.hpp"
#include "client/report/sheet.hpp"
#include "shared/base/message.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::report {

/// How a cell is said.
enum class FormValue : std::uint8_t {
  kNumber,
  kText,
  kCode,
  kYesNo,
  kPlace,
  kPhone,
  kIdNumber,
  kRowNumber,
  kTenths,  ///< 35 is "3.5"
  kMoney,   ///< fen, said in yuan
  kNames,   ///< several, '|' between
  kWord,    ///< text "form.<list>.<value>", for each of several with ',' between
  kSecret,  ///< "phone:..." and "id:..." are masked, "place:..." is a division; other words stand
  kBoxes    ///< code in boxes: of a national list with its name behind, or of so many digits
};

/// A value of a form.
struct FormItem {
  std::string key;  ///< text "form.<form>.<key>"; "-" = without words
  FormValue value = FormValue::kText;
  std::string list;                             ///< kCode, kWord, kBoxes ("education", "4")
  std::optional<domain::PrivacyClass> needs{};  ///< a laptop without this class does not know it
  bool or_none = false;                         ///< without a value it says so
};
struct FormColumn : FormItem {
  std::string group;  ///< text of the heading above; "" = none
  double width = 8;
};
/// A label and its value (CardCell).
struct FormPair : FormItem {
  std::uint32_t label_columns = 1;
  std::uint32_t value_columns = 1;
  double lines = 1;
};
/// A table, labels and values, or both; those above the table.
struct FormPage {
  std::string key;  ///< text "form.<form>.<key>" is its title; "" = the form's
  std::vector<std::vector<FormPair>> card;
  std::vector<FormColumn> columns;
  std::vector<std::string> notes;  ///< keys
  bool has_totals = false;         ///< a row's first value: "", "subtotal" or "total"
  std::string facts;               ///< SQL: values of the card
  std::string rows;                ///< SQL: of the table, a value for each column but the row number
  std::string shares;              ///< SQL: column, record, what it adds to the column's total; "" = not kept
};
enum class SheetsBy : std::uint8_t {
  kWhole,    ///< a sheet for each page
  kVillage,  ///< a sheet for each village, also for one without rows (K10); the first value of a row says
             ///< whose
  kRecord    ///< all pages for each record: `facts` begin with record, member and tab, `rows` with the record
};
struct FormDefinition {
  std::string name;  ///< "f1"
  bool landscape = false;
  std::uint32_t rows_per_page = 0;  ///< of a printed page, at most; 0 = as many as there is room for
  SheetsBy by = SheetsBy::kWhole;
  std::optional<figures::PeriodKind> period{};  ///< the only kind it is made for
  std::optional<domain::PrivacyClass> needs{};  ///< all of it is of this class
  std::vector<std::string> signatures;          ///< keys of texts; none = the usual three
  std::vector<FormPage> pages;
};

/// The program's own, by name; nullptr = no such form.
[[nodiscard]] const FormDefinition* form_definition(std::string_view name);
[[nodiscard]] const std::vector<FormDefinition>& form_definitions();
/// Error "report.definition" {line, why}.
[[nodiscard]] Result<FormDefinition> parse_form(std::string_view name, std::string_view text);

struct FormFacts {
  std::string unit;  ///< name of the unit that hands it in
  Date today;
  bool unmasked = false;                        ///< telephones and ID numbers in full
  std::string language;                         ///< "zh" or "en", for codes
  std::set<domain::PrivacyClass> missing{};     ///< classes that this laptop does not hold for the unit
  std::set<domain::PrivacyClass> own_only{};    ///< and those of which it holds what is its worker's own
  std::string record{};                         ///< kRecord: only this one
  std::string member{};                         ///< kRecord: only those of this member
  std::vector<figures::Undecided> undecided{};  ///< of the unit: a table that may count them twice says so
  std::vector<std::string> not_heard{};         ///< f7: people whose laptops have not brought the month yet
};

/// One sheet for each page, or as SheetsBy says; a form without rows says so in one row (K10). Error
/// "report.no_record" {id} when there is none of the one that is asked for.
[[nodiscard]] Result<std::vector<Sheet>> fill_form(figures::Ledger& ledger, const FormDefinition& definition,
                                                   const FormFacts& facts, const Messages& messages);

}  // namespace lianxin::client::report
