#pragma once
// Who is due and why (domain.md 6.1: contact every 30 days, a refresh every quarter, six months without
// contact). Pure: facts and a day in, a reason out.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/store/work_queries.hpp"
#include "shared/base/date.hpp"

namespace lianxin::client::view {

/// In the order of need.
enum class DueReason : std::uint8_t {
  kLost,          ///< six months without contact, or marked so
  kUnreached,     ///< tried on three days, not reached
  kContact,       ///< the interval is over
  kNeverVisited,  ///< nobody has been there, nobody has called
  kCare,          ///< in care, and the window of a festival is open
  kContactSoon,   ///< within a week
  kRefresh,       ///< nothing of him confirmed this quarter
  kBirthday,      ///< within a week
};

struct Due {
  DueReason reason = DueReason::kContact;
  std::optional<Date> on;  ///< nullopt = no day
};

/// Parameters of the county (design.md: parameters, not laws).
struct DueRules {
  Date today;
  int contact_days = 30;
  int abroad_days = 182;  ///< "half-yearly"
  int lost_months = 6;
  int soon_days = 7;
  std::uint32_t failed_days = 3;
  std::string festival;             ///< code of the open window; "" = none
  std::optional<Date> festival_on;  ///< its day
};

/// First day of the quarter, and its last.
[[nodiscard]] Date quarter_begin(const Date& day);
[[nodiscard]] Date quarter_end(const Date& day);
/// Whether work for this member goes on (not deceased, expelled, left, transferred).
[[nodiscard]] bool is_looked_after(const store::MemberContact& member);
/// The most needed reason; `is_refreshed`: something of him was confirmed or changed this quarter.
[[nodiscard]] std::optional<Due> due_of(const store::MemberContact& member, const DueRules& rules,
                                        bool is_refreshed);
/// Whether a care visit for the open festival has been made.
[[nodiscard]] bool has_festival_visit(const store::MemberContact& member, const DueRules& rules);

}  // namespace lianxin::client::view
