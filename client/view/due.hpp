#pragma once
// What is due and why (domain.md ch. 3 and 6): one rule for each kind of duty. Pure: facts and parameters in,
// duties out, what is late first.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/store/duty_queries.hpp"
#include "shared/base/date.hpp"

namespace lianxin::client::view {

enum class DutyKind : std::uint8_t {
  kLost,              ///< six months without contact, or marked so
  kUnreached,         ///< tried on several days, not reached
  kContact,           ///< the interval is over
  kFamilyOnly,        ///< the interval is over, the family was reached in it: not red
  kContactSoon,       ///< within a week
  kQuarterMinimum,    ///< fewer contacts this quarter than the least, and it ends soon
  kCase,              ///< a question's day has come, or comes this week; or it has none and no answer
  kLiaisonMissing,    ///< nobody is named, or whoever was has left
  kLiaisonMany,       ///< more than one
  kMonthClose,        ///< last month is to be closed
  kHome,              ///< home for a while, not yet visited
  kBackExpected,      ///< the day he meant to return has passed
  kFestival,          ///< in care or in hardship, and the window of a festival is open
  kHardshipVisit,     ///< a household in hardship not visited within the interval
  kMeeting,           ///< a group without this month's topic meeting
  kRefresh,           ///< nothing said of him this quarter
  kCertificateIssue,  ///< away long enough, none issued
  kCertificateCheck,  ///< not yet checked this year
  kCertificateBack,   ///< returned, the certificate not
  kSurvey,            ///< a campaign that does not cover everybody yet
  kParcel,            ///< sent, nothing heard for some days
  kParcelBack,        ///< sent or packed for one who has died or left the register
  kBirthday,          ///< within a week
  kConflicts,         ///< values that clash, for a person to decide
  kDuplicates,        ///< records that may be one
  kNeverVisited,      ///< nobody has been there, nobody has called
  kNextVisit,         ///< a visit was agreed for a day
  kPlaceUnknown,      ///< away, nobody knows where
  kRecognise,         ///< the public notice of a hardship file is over, nothing decided
  kConsultation,      ///< not solved on the spot, no question made of it
  kCorrection,        ///< a request to correct waits for its answer
  kVillageTable,      ///< the quarter's table of a village is not confirmed
  kRegister,          ///< the quarter's register of a township is not checked
  kNational,          ///< verified, not entered in the national register
  kTwice,             ///< stands twice, there is one only (store/stands_twice.hpp)
};
inline constexpr std::size_t kDutyKinds = 35;

/// How the page groups them, in its order.
enum class DutyGroup : std::uint8_t {
  kContact,
  kLiaison,
  kRefresh,
  kCare,
  kCases,
  kCertificates,
  kMeetings,
  kHome,
  kParcels,
  kOffice,  ///< campaigns, closing of the month, what a person must decide
  kVisits,
};
inline constexpr std::size_t kDutyGroups = 11;

enum class Urgency : std::uint8_t { kLate, kToday, kSoon, kOpen };

struct Duty {
  DutyKind kind = DutyKind::kContact;
  Urgency urgency = Urgency::kOpen;
  std::optional<Date> on;  ///< nullopt = no day
  Id member;               ///< nil = about no single member
  Id record;  ///< what it hangs on (the case, the certificate, the outflow, the group); nil = nothing yet
  Id unit;    ///< kMeeting: whose group; kMonthClose, kVillageTable, kRegister: whose
  std::string name;            ///< of the member, the group, the survey
  std::vector<ErrorArg> args;  ///< of text "view.duty.<name>"
  std::uint32_t done = 0;      ///< kSurvey
  std::uint32_t all = 0;       ///< kSurvey, kConflicts, kDuplicates
  /// Facts of the member, as long as they live; null = none. No part of the order.
  const store::DutyMember* of = nullptr;
};

/// "contact", "liaison_missing": ends of text keys, and what `lianxinctl due` says.
[[nodiscard]] std::string_view duty_name(DutyKind kind);
[[nodiscard]] std::string_view group_name(DutyGroup group);
[[nodiscard]] std::string_view urgency_name(Urgency urgency);
[[nodiscard]] DutyGroup group_of(DutyKind kind);

/// Parameters of the county; the numbers are what holds where it has said nothing (domain.md 6.1, 6.2).
struct DueRules {
  Date today;
  int contact_days = 30;
  int abroad_days = 182;  ///< "half-yearly"
  int lost_months = 6;
  int soon_days = 7;
  int quarter_end_days = 14;  ///< so long before its end a quarter presses
  int mobile_months = 6;
  int certificate_months = 6;
  int close_day = 5;
  int hardship_days = 30;
  int parcel_days = 6;
  std::uint32_t failed_days = 3;
  std::uint32_t contact_min = 1;
  std::string festival;             ///< code of the open window; "" = none
  std::optional<Date> festival_on;  ///< its day
  std::optional<Date> festival_from;
};

/// The county's parameters and its festival days over the program's own.
[[nodiscard]] DueRules due_rules(const store::DutyFacts& facts, const Date& today);

/// First day of the quarter, and its last.
[[nodiscard]] Date quarter_begin(const Date& day);
[[nodiscard]] Date quarter_end(const Date& day);
/// Away so long that he counts as mobile: verified, not transferred (domain.md 6.1).
[[nodiscard]] bool is_mobile(const store::DutyMember& member, const DueRules& rules);
/// In care or in hardship: visited for festivals.
[[nodiscard]] bool is_in_care(const store::DutyMember& member);
/// Whether a care visit for the open festival has been made.
[[nodiscard]] bool has_festival_visit(const store::DutyMember& member, const DueRules& rules);

/// All duties of the facts, sorted: late before today before soon before open, then by day and kind.
[[nodiscard]] std::vector<Duty> duties(const store::DutyFacts& facts, const DueRules& rules);
/// That order.
[[nodiscard]] bool comes_before(const Duty& a, const Duty& b);
/// The parts of it, not sorted: what one member's facts ask for, and what everything else does.
void add_member_duties(const store::DutyMember& member, const DueRules& rules, std::vector<Duty>& out);
[[nodiscard]] std::vector<Duty> other_duties(const store::DutyFacts& facts, const DueRules& rules);
/// Of the other duties those are left out that a parcel asks for; nullopt = it asks for none.
[[nodiscard]] std::optional<Duty> parcel_duty(const store::DutyParcel& parcel, const store::DutyFacts& facts,
                                              const DueRules& rules);
/// nullptr = not looked after, or not here.
[[nodiscard]] const store::DutyMember* find_member(const store::DutyFacts& facts, const Id& id);
/// Puts one more into its place.
void add_duty(std::vector<Duty>& duties, Duty duty);

}  // namespace lianxin::client::view
