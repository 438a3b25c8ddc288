#pragma once
// Who has died or is on the register no more (domain.md 5, situation 11): since when, and that nothing is
// sent to them any more.
#include <string_view>
#include <vector>

#include "client/store/edit_plan.hpp"
#include "client/store/records.hpp"

namespace lianxin::client::store {

/// Deceased, expelled, left or transferred: nobody's duty any more.
[[nodiscard]] bool is_looked_after(std::string_view standing);

struct GoneSince {
  Id record;
  Date since;
};
/// Of members who are looked after no more, the day since which a person said so of their standing (`as_of`
/// of an edit); of whom nobody said one, none. By record, of two that are one person each for itself.
[[nodiscard]] Result<std::vector<GoneSince>> said_gone(lianxin::store::Database& database);

/// A delivery that is new, or gets another day or member, and whose day lies after the one since which its
/// member is gone, is refused: a problem "recipient_deceased" or "recipient_left" {on}, first in `plan`. The
/// day of a death is that of the outflow it ended, else the day the standing was said to hold on, else the
/// day it was written down: by a clock, so such a delivery is saved with the problem as a warning. A delivery
/// of an earlier day stays possible, and what was sent before it was known can be settled: that and when it
/// was received is no new day.
[[nodiscard]] Status check_recipient(Records& records, lianxin::store::Database& database,
                                     const domain::Kind& kind, const Date& today, EditPlan& plan);

}  // namespace lianxin::client::store
