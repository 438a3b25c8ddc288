#pragma once
// Late arrivals (K9): what came, or was changed, after a month was handed in stands as lines of its own in
// the next month's summary (F7); what was handed in stays as it is. Store thread.
#include "client/report/forms.hpp"
#include "client/store/records.hpp"

namespace lianxin::client::report {

/// For each of the twelve months before whose F7 was handed in for this unit: what it counts now, less what
/// was handed in, less the late lines handed in since. Lines of nothing but zeros are left out. `month` is
/// the F7 of `asked`; the lines stand before its last one, that of the year. The number of records that came
/// since a month was last handed in, which a note says. Errors of figures::Ledger and read_snapshot.
[[nodiscard]] Result<std::int64_t> add_late_lines(store::Records& records, lianxin::store::Database& database,
                                                  const figures::Asked& asked, const FormFacts& facts,
                                                  const Messages& messages, Sheet& month);

/// Names of the unit's people whose laptops have brought something before, but nothing since the last day
/// that is asked about: what they hold of it may still come. Whoever has left the work is not awaited.
[[nodiscard]] Result<std::vector<std::string>> not_heard_since(lianxin::store::Database& database,
                                                               figures::Ledger& ledger);

}  // namespace lianxin::client::report
