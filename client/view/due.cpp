#include "client/view/due.hpp"

#include <algorithm>

namespace lianxin::client::view {
namespace {

std::optional<Date> first_day(const std::string& text) {
  const auto read = PartialDate::parse(text);
  if (!read.ok()) return std::nullopt;
  return read->first_day();
}

/// Silence is counted from the day somebody was last reached. Where no contact was ever written down (a
/// roster just imported), the day of leaving says when one was due, but not that contact is lost.
std::optional<Due> contact_due(const store::MemberContact& member, const DueRules& rules) {
  const auto reached = first_day(member.last_reached);
  const auto since = reached ? reached : first_day(member.left_on);
  if (member.lost_marked) return Due{DueReason::kLost, since};
  if (reached && since->plus_months(rules.lost_months) <= rules.today && !member.is_abroad)
    return Due{DueReason::kLost, since->plus_months(rules.lost_months)};
  const std::optional<Date> due =
      since ? std::optional(since->plus_days(member.is_abroad ? rules.abroad_days : rules.contact_days))
            : std::nullopt;
  if (member.failed_days >= rules.failed_days) return Due{DueReason::kUnreached, due};
  if (due && *due <= rules.today)
    return reached ? Due{DueReason::kContact, due} : Due{DueReason::kNeverVisited, {}};
  if (due && *due <= rules.today.plus_days(rules.soon_days)) return Due{DueReason::kContactSoon, due};
  return std::nullopt;
}

std::optional<Due> birthday_due(const store::MemberContact& member, const DueRules& rules) {
  const auto born = PartialDate::parse(member.born_on);
  if (!born.ok() || born->day == 0) return std::nullopt;
  for (int ahead = 0; ahead <= rules.soon_days; ++ahead) {
    const Date day = rules.today.plus_days(ahead);
    if (day.month == born->month && day.day == born->day) return Due{DueReason::kBirthday, day};
  }
  return std::nullopt;
}

}  // namespace

Date quarter_begin(const Date& day) { return {day.year, (day.month - 1) / 3 * 3 + 1, 1}; }

Date quarter_end(const Date& day) { return quarter_begin(day).plus_months(3).plus_days(-1); }

bool is_looked_after(const store::MemberContact& member) {
  static constexpr const char* kEnded[] = {"expelled", "left", "deceased", "transferred"};
  return std::none_of(std::begin(kEnded), std::end(kEnded),
                      [&](const char* ended) { return member.standing == ended; });
}

bool has_festival_visit(const store::MemberContact& member, const DueRules& rules) {
  if (rules.festival.empty() || member.last_care_festival != rules.festival || !rules.festival_on)
    return false;
  const auto on = Date::parse(member.last_care_on);
  constexpr int kLongestWindow = 45;  // the day before a window begins counts too (domain.md 5, case 17)
  return on.ok() && *on >= rules.festival_on->plus_days(-kLongestWindow);
}

std::optional<Due> due_of(const store::MemberContact& member, const DueRules& rules, bool is_refreshed) {
  if (!is_looked_after(member)) return std::nullopt;
  std::optional<Due> contact;
  if (member.is_out) contact = contact_due(member, rules);
  if (contact && contact->reason != DueReason::kContactSoon) return contact;
  if (member.last_visit.empty() && member.last_reached.empty()) return Due{DueReason::kNeverVisited, {}};
  if (member.needs_care && !rules.festival.empty() && !has_festival_visit(member, rules))
    return Due{DueReason::kCare, rules.festival_on};
  if (contact) return contact;
  if (member.is_out && !is_refreshed) return Due{DueReason::kRefresh, quarter_end(rules.today)};
  return birthday_due(member, rules);
}

}  // namespace lianxin::client::view
