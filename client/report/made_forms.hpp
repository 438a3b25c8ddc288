#pragma once
// Forms that are more than their queries: the register of a township (F2), made of several forms and checked,
// and the month summary (F7) with its line of the year.
#include <vector>

#include "client/report/forms.hpp"

namespace lianxin::client::report {

/// As fill_form, for every form of the office. F2: cover, summary, the tables of the villages in order,
/// changes, signatures; errors "report.township" {unit} when the ledger is of something else,
/// "report.register" of check_register. F7 asks the database once more, for the year: the ledger is used up.
[[nodiscard]] Result<std::vector<Sheet>> make_form(lianxin::store::Database& database,
                                                   figures::Ledger& ledger, const FormDefinition& definition,
                                                   const FormFacts& facts, const Messages& messages);

/// The people of part 2 (F1) are those that part 1 counts, village by village and in all. Error
/// "report.register" {village, table, summary}; village "" = the sum, or the number of tables.
[[nodiscard]] Status check_register(const Sheet& summary, const std::vector<Sheet>& tables,
                                    const Messages& messages);

}  // namespace lianxin::client::report
