#include "client/view/due.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "client/view/due_papers.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::view {
namespace {

using store::DutyMember;
using Duties = std::vector<Duty>;

struct Named {
  std::string_view name;
  DutyGroup group;
};
/// In the order of DutyKind.
constexpr std::array<Named, kDutyKinds> kKinds = {{{"lost", DutyGroup::kContact},
                                                   {"unreached", DutyGroup::kContact},
                                                   {"contact", DutyGroup::kContact},
                                                   {"family_only", DutyGroup::kContact},
                                                   {"contact_soon", DutyGroup::kContact},
                                                   {"quarter_minimum", DutyGroup::kContact},
                                                   {"case", DutyGroup::kCases},
                                                   {"liaison_missing", DutyGroup::kLiaison},
                                                   {"liaison_many", DutyGroup::kLiaison},
                                                   {"month_close", DutyGroup::kOffice},
                                                   {"home", DutyGroup::kHome},
                                                   {"back_expected", DutyGroup::kHome},
                                                   {"festival", DutyGroup::kCare},
                                                   {"hardship_visit", DutyGroup::kCare},
                                                   {"meeting", DutyGroup::kMeetings},
                                                   {"refresh", DutyGroup::kRefresh},
                                                   {"certificate_issue", DutyGroup::kCertificates},
                                                   {"certificate_check", DutyGroup::kCertificates},
                                                   {"certificate_back", DutyGroup::kCertificates},
                                                   {"survey", DutyGroup::kOffice},
                                                   {"parcel", DutyGroup::kParcels},
                                                   {"parcel_back", DutyGroup::kParcels},
                                                   {"birthday", DutyGroup::kCare},
                                                   {"conflicts", DutyGroup::kOffice},
                                                   {"duplicates", DutyGroup::kOffice},
                                                   {"never", DutyGroup::kVisits},
                                                   {"next_visit", DutyGroup::kContact},
                                                   {"place_unknown", DutyGroup::kContact},
                                                   {"recognise", DutyGroup::kCare},
                                                   {"consultation", DutyGroup::kCases},
                                                   {"correction", DutyGroup::kCases},
                                                   {"village_table", DutyGroup::kRefresh},
                                                   {"register", DutyGroup::kRefresh},
                                                   {"national", DutyGroup::kOffice},
                                                   {"twice", DutyGroup::kOffice}}};
constexpr std::array<std::string_view, kDutyGroups> kGroups = {"contact", "liaison",      "refresh",  "care",
                                                               "cases",   "certificates", "meetings", "home",
                                                               "parcels", "office",       "visits"};

std::optional<Date> away_since(const DutyMember& member) {
  return last_day(member.away_since.empty() ? member.contact.left_on : member.away_since);
}

/// Contact is due from the day he himself was last reached. Where no contact was ever written down (a roster
/// just imported), the day of leaving says when one was due. Contact is lost by the rule of the figures
/// (assets/figures/views.sql, lost_contact): so many months of silence that somebody knows of.
std::optional<Duty> contact_duty(const DutyMember& member, const DueRules& rules) {
  const store::MemberContact& contact = member.contact;
  const auto reached = first_day(contact.last_reached);
  const auto since = reached ? reached : first_day(contact.left_on);
  const auto family = first_day(contact.last_indirect);
  const int interval = contact.is_abroad ? rules.abroad_days : rules.contact_days;
  const auto silent = first_day(contact.silent_since);
  if (contact.lost_marked) {
    Duty lost = duty_of(DutyKind::kLost, member, since, rules);
    lost.urgency = Urgency::kLate;
    return lost;
  }
  if (silent && !contact.is_abroad && silent->plus_months(rules.lost_months) <= rules.today) {
    Duty lost = duty_of(DutyKind::kLost, member, silent->plus_months(rules.lost_months), rules);
    lost.urgency = Urgency::kLate;
    return lost;
  }
  const std::optional<Date> due = since ? std::optional(since->plus_days(interval)) : std::nullopt;
  if (contact.failed_days >= rules.failed_days) {
    Duty unreached = duty_of(DutyKind::kUnreached, member, due, rules);
    unreached.urgency = Urgency::kLate;
    return unreached;
  }
  if (!due || *due > rules.today.plus_days(rules.soon_days)) return std::nullopt;
  if (*due > rules.today) return duty_of(DutyKind::kContactSoon, member, due, rules);
  if (family && family->plus_days(interval) > rules.today) {
    Duty yellow = duty_of(DutyKind::kFamilyOnly, member, due, rules);
    yellow.urgency = Urgency::kSoon;
    return yellow;
  }
  if (!reached) return std::nullopt;  // a roster just imported: never_duty says it
  return duty_of(DutyKind::kContact, member, due, rules);
}

std::optional<Duty> quarter_minimum_duty(const DutyMember& member, const DueRules& rules) {
  if (member.reached_this_quarter >= rules.contact_min) return std::nullopt;
  const Date end = quarter_end(rules.today);
  if (rules.today.plus_days(rules.quarter_end_days) < end) return std::nullopt;
  Duty duty = duty_of(DutyKind::kQuarterMinimum, member, end, rules);
  duty.args = {{"done", std::to_string(member.reached_this_quarter)},
               {"all", std::to_string(rules.contact_min)}};
  return duty;
}

std::optional<Duty> never_duty(const DutyMember& member, const DueRules& rules) {
  if (!member.contact.last_visit.empty() || !member.contact.last_reached.empty()) return std::nullopt;
  return duty_of(DutyKind::kNeverVisited, member, {}, rules);
}

void liaison_duty(const DutyMember& member, const DueRules& rules, Duties& out) {
  if (!is_mobile(member, rules) || member.liaisons == 1) return;
  const DutyKind kind = member.liaisons == 0 ? DutyKind::kLiaisonMissing : DutyKind::kLiaisonMany;
  Duty duty = duty_of(kind, member, {}, rules);
  if (member.liaisons == 0) duty.urgency = Urgency::kLate;  // a gap is shown red (row 30)
  duty.args = {{"count", std::to_string(member.liaisons)}};
  out.push_back(std::move(duty));
}

/// "Unchanged" is said, not assumed (row 7).
void refresh_duty(const DutyMember& member, const DueRules& rules, Duties& out) {
  if (!is_mobile(member, rules) || member.said_this_quarter) return;
  Duty duty = duty_of(DutyKind::kRefresh, member, quarter_end(rules.today), rules);
  duty.urgency = urgency_of(duty.on, rules, rules.quarter_end_days);
  out.push_back(std::move(duty));
}

void certificate_duties(const DutyMember& member, const DueRules& rules, Duties& out) {
  if (member.certificate.is_nil()) {
    const auto left = away_since(member);
    if (member.episode.is_nil() || !member.is_verified || member.is_transferred || !left) return;
    const Date due = left->plus_months(rules.certificate_months);
    if (due > rules.today) return;
    Duty issue = duty_of(DutyKind::kCertificateIssue, member, {}, rules);
    issue.args = {{"months", std::to_string(rules.certificate_months)}};
    out.push_back(std::move(issue));
    return;
  }
  if (member.episode.is_nil() && member.was_away) {
    Duty back = duty_of(DutyKind::kCertificateBack, member, {}, rules);
    back.record = member.certificate;
    out.push_back(std::move(back));
    return;
  }
  const auto issued = first_day(member.certificate_on);
  const int settled = std::max(member.certificate_year, issued ? issued->year : 0);
  if (settled == 0 || settled >= rules.today.year) return;
  Duty check = duty_of(DutyKind::kCertificateCheck, member, Date{settled + 1, 12, 31}, rules);
  check.urgency = urgency_of(check.on, rules, 31);
  check.record = member.certificate;
  check.args = {{"year", std::to_string(settled + 1)}};
  out.push_back(std::move(check));
}

void care_duties(const DutyMember& member, const DueRules& rules, Duties& out) {
  const bool festival = is_in_care(member) && !rules.festival.empty() && !has_festival_visit(member, rules);
  if (festival) {
    Duty duty = duty_of(DutyKind::kFestival, member, rules.festival_on, rules);
    if (duty.urgency == Urgency::kOpen) duty.urgency = Urgency::kSoon;  // the window is open
    duty.args = {{"festival", rules.festival}};
    duty.record = member.hardship;
    out.push_back(std::move(duty));
  }
  if (member.hardship.is_nil() || festival) return;
  const auto seen = first_day(member.contact.last_visit);
  const std::optional<Date> due = seen ? std::optional(seen->plus_days(rules.hardship_days)) : rules.today;
  if (*due > rules.today.plus_days(rules.soon_days)) return;
  Duty duty = duty_of(DutyKind::kHardshipVisit, member, due, rules);
  duty.record = member.hardship;
  duty.args = {{"days", std::to_string(rules.hardship_days)}};
  out.push_back(std::move(duty));
}

void birthday_duty(const DutyMember& member, const DueRules& rules, Duties& out) {
  const auto born = PartialDate::parse(member.contact.born_on);
  if (!born.ok() || born->day == 0) return;
  for (int ahead = 0; ahead <= rules.soon_days; ++ahead) {
    const Date day = rules.today.plus_days(ahead);
    if (day.month != born->month || day.day != born->day) continue;
    out.push_back(duty_of(DutyKind::kBirthday, member, day, rules));
    return;
  }
}

/// "Home for the holiday" is not "returned" (domain.md 5, case 4).
void home_duties(const DutyMember& member, const DueRules& rules, Duties& out) {
  if (member.episode.is_nil()) return;
  const auto from = first_day(member.home_from);
  const auto to = first_day(member.home_to);
  if (from && *from <= rules.today && (!to || *to >= rules.today)) {
    if (member.contact.last_visit >= member.home_from) return;
    Duty duty = duty_of(DutyKind::kHome, member, to, rules);
    if (duty.urgency == Urgency::kOpen) duty.urgency = Urgency::kSoon;
    duty.record = member.episode;
    out.push_back(std::move(duty));
    return;
  }
  const auto back = last_day(member.expected_back_on);
  if (!back || *back >= rules.today) return;
  Duty duty = duty_of(DutyKind::kBackExpected, member, back, rules);
  duty.record = member.episode;
  out.push_back(std::move(duty));
}

/// Until it is written down that it came back, was called off or somebody signed for it.
Duty parcel_back_duty(const store::DutyParcel& parcel, const DueRules& rules) {
  Duty duty = duty_at(DutyKind::kParcelBack, rules.today, rules);
  duty.member = parcel.member;
  duty.name = parcel.name;
  duty.record = parcel.record;
  duty.args = {{"day", parcel.dispatched_on}, {"why", parcel.has_died ? "died" : "left"}};
  return duty;
}

/// Every township owes each month until it is closed: those after the first that was ever closed here, a year
/// back at most; where none was closed, the last one. A village is told until a week past the day.
void month_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  constexpr int kMonthsBack = 12;
  if (facts.members.empty()) return;
  std::string first;
  for (const store::DutyClose& close : facts.closes) {
    if (!close.closed.empty() && (first.empty() || *close.closed.begin() < first))
      first = *close.closed.begin();
  }
  const Date this_month{rules.today.year, rules.today.month, 1};
  const bool office = is_office(facts);
  for (int back = kMonthsBack; back > 0; --back) {
    const Date month = this_month.plus_months(-back);
    const std::string text = month.text().substr(0, 7);
    if (back != 1 && (first.empty() || text <= first)) continue;
    const Date next = month.plus_months(1);
    const Date on{next.year, next.month, rules.close_day};
    if (rules.today > on.plus_days(rules.soon_days) && !office) continue;
    for (const store::DutyClose& township : facts.closes) {
      if (township.closed.count(text) > 0) continue;
      Duty close = duty_at(DutyKind::kMonthClose, on, rules);
      close.name = township.name;
      close.unit = township.unit;
      close.args = {{"month", std::to_string(month.month)}};
      out.push_back(std::move(close));
    }
  }
}

void office_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  const Date month_end = Date{rules.today.year, rules.today.month, 1}.plus_months(1).plus_days(-1);
  for (const store::DutyGroup& group : facts.groups) {
    if (group.has_met) continue;
    Duty duty = duty_at(DutyKind::kMeeting, month_end, rules);
    duty.name = group.name;
    duty.record = group.record;
    duty.unit = group.unit;
    out.push_back(std::move(duty));
  }
  for (const store::DutySurvey& survey : facts.surveys) {
    const auto to = Date::parse(survey.to);
    if (survey.covered >= survey.all) continue;
    Duty duty = duty_at(DutyKind::kSurvey, to.ok() ? std::optional(*to) : std::nullopt, rules);
    duty.name = survey.name;
    duty.record = survey.record;
    duty.done = survey.covered;
    duty.all = survey.all;
    duty.args = {{"done", std::to_string(survey.covered)}, {"all", std::to_string(survey.all)}};
    out.push_back(std::move(duty));
  }
  month_duties(facts, rules, out);
}

int parameter(const store::DutyFacts& facts, const char* name, int otherwise, int least, int most) {
  const auto found = facts.parameters.find(name);
  if (found == facts.parameters.end() || found->second < least || found->second > most) return otherwise;
  return found->second;
}

void choose_festival(const store::DutyFacts& facts, DueRules& rules) {
  const auto windows = domain::FestivalCalendar::base().windows(rules.today, facts.festivals);
  const auto window = domain::nearest_window(windows, rules.today);
  if (!window) return;
  rules.festival = window->festival;
  rules.festival_on = window->on;
  rules.festival_from = window->from;
}

}  // namespace

std::optional<Date> first_day(const std::string& text) {
  const auto read = PartialDate::parse(text);
  if (!read.ok()) return std::nullopt;
  return read->first_day();
}

std::optional<Date> last_day(const std::string& text) {
  const auto read = PartialDate::parse(text);
  if (!read.ok()) return std::nullopt;
  return read->last_day();
}

Urgency urgency_of(const std::optional<Date>& on, const DueRules& rules, int soon_days) {
  if (!on) return Urgency::kOpen;
  if (*on < rules.today) return Urgency::kLate;
  if (*on == rules.today) return Urgency::kToday;
  return *on <= rules.today.plus_days(soon_days) ? Urgency::kSoon : Urgency::kOpen;
}

Duty duty_at(DutyKind kind, const std::optional<Date>& on, const DueRules& rules) {
  Duty duty;
  duty.kind = kind;
  duty.on = on;
  duty.urgency = urgency_of(on, rules, rules.soon_days);
  return duty;
}

Duty duty_of(DutyKind kind, const DutyMember& member, const std::optional<Date>& on, const DueRules& rules) {
  Duty duty = duty_at(kind, on, rules);
  duty.member = member.contact.member;
  duty.name = member.contact.name;
  duty.of = &member;
  return duty;
}

bool is_office(const store::DutyFacts& facts) { return facts.headcount.homes.size() > 1; }

std::string_view duty_name(DutyKind kind) { return kKinds[static_cast<std::size_t>(kind)].name; }
std::string_view group_name(DutyGroup group) { return kGroups[static_cast<std::size_t>(group)]; }
DutyGroup group_of(DutyKind kind) { return kKinds[static_cast<std::size_t>(kind)].group; }

std::string_view urgency_name(Urgency urgency) {
  constexpr std::array<std::string_view, 4> kNames = {"late", "today", "soon", "open"};
  return kNames[static_cast<std::size_t>(urgency)];
}

DueRules due_rules(const store::DutyFacts& facts, const Date& today) {
  DueRules rules;
  rules.today = today;
  rules.contact_days = parameter(facts, "contact_interval_days", rules.contact_days, 1, 3660);
  rules.abroad_days = parameter(facts, "abroad_interval_days", rules.abroad_days, 1, 3660);
  rules.lost_months = parameter(facts, "lost_months", rules.lost_months, 1, 120);
  rules.hardship_days = parameter(facts, "hardship_interval_days", rules.hardship_days, 1, 3660);
  rules.parcel_days = parameter(facts, "parcel_wait_days", rules.parcel_days, 1, 366);
  rules.contact_min = static_cast<std::uint32_t>(parameter(facts, "contact_min_per_quarter", 1, 0, 92));
  rules.failed_days = static_cast<std::uint32_t>(parameter(facts, "failed_attempts", 3, 1, 100));
  rules.mobile_months = parameter(facts, "mobile_months", rules.mobile_months, 0, 120);
  rules.certificate_months = parameter(facts, "certificate_months", rules.certificate_months, 0, 120);
  rules.close_day = parameter(facts, "close_day", rules.close_day, 1, 28);
  choose_festival(facts, rules);
  return rules;
}

Date quarter_begin(const Date& day) { return {day.year, (day.month - 1) / 3 * 3 + 1, 1}; }
Date quarter_end(const Date& day) { return quarter_begin(day).plus_months(3).plus_days(-1); }

bool is_mobile(const DutyMember& member, const DueRules& rules) {
  if (!member.contact.is_out || !member.is_verified || member.is_transferred) return false;
  const auto left = away_since(member);
  return left && left->plus_months(rules.mobile_months) <= rules.today;
}

bool is_in_care(const DutyMember& member) { return member.contact.needs_care || !member.hardship.is_nil(); }

bool has_festival_visit(const DutyMember& member, const DueRules& rules) {
  if (rules.festival.empty() || member.contact.last_care_festival != rules.festival || !rules.festival_on)
    return false;
  const auto on = Date::parse(member.contact.last_care_on);
  constexpr int kLongestWindow = 45;  // the day before a window begins counts too (domain.md 5, case 17)
  return on.ok() && *on >= rules.festival_on->plus_days(-kLongestWindow);
}

void add_member_duties(const DutyMember& member, const DueRules& rules, std::vector<Duty>& out) {
  std::optional<Duty> contact;
  if (member.contact.is_out) {
    contact = contact_duty(member, rules);
    if (!contact) contact = quarter_minimum_duty(member, rules);
  }
  const std::optional<Duty> never = never_duty(member, rules);
  if (never && (!contact || contact->urgency != Urgency::kLate))
    out.push_back(*never);
  else if (contact)
    out.push_back(*contact);
  liaison_duty(member, rules, out);
  refresh_duty(member, rules, out);
  certificate_duties(member, rules, out);
  care_duties(member, rules, out);
  home_duties(member, rules, out);
  birthday_duty(member, rules, out);
  record_duties(member, rules, out);
}

bool comes_before(const Duty& a, const Duty& b) {
  const Date never{2200, 1, 1};
  return std::tuple(a.urgency, a.kind, a.on.value_or(never), std::string_view(a.name), a.member, a.record) <
         std::tuple(b.urgency, b.kind, b.on.value_or(never), std::string_view(b.name), b.member, b.record);
}

const store::DutyMember* find_member(const store::DutyFacts& facts, const Id& id) {
  return facts.members.find(id);
}

std::vector<Duty> other_duties(const store::DutyFacts& facts, const DueRules& rules) {
  Duties out;
  paper_duties(facts, rules, out);
  office_duties(facts, rules, out);
  return out;
}

std::optional<Duty> parcel_duty(const store::DutyParcel& parcel, const store::DutyFacts& facts,
                                const DueRules& rules) {
  if (parcel.is_to_gone) return parcel_back_duty(parcel, rules);
  const auto sent = Date::parse(parcel.dispatched_on);
  if (!sent.ok() || sent->plus_days(rules.parcel_days) > rules.today) return std::nullopt;
  const DutyMember* const member = find_member(facts, parcel.member);
  if (member == nullptr) return std::nullopt;
  Duty duty = duty_of(DutyKind::kParcel, *member, {}, rules);
  duty.record = parcel.record;
  duty.args = {{"days", std::to_string(rules.today.day_number() - sent->day_number())}};
  if (parcel.has_problem) duty.args.push_back({"problem", "1"});
  return duty;
}

std::vector<Duty> duties(const store::DutyFacts& facts, const DueRules& rules) {
  Duties out = other_duties(facts, rules);
  for (const store::DutyParcel& parcel : facts.parcels) {
    if (auto duty = parcel_duty(parcel, facts, rules)) out.push_back(std::move(*duty));
  }
  for (const DutyMember& member : facts.members)
    add_member_duties(member, rules, out);
  std::sort(out.begin(), out.end(), comes_before);
  return out;
}

void add_duty(std::vector<Duty>& duties, Duty duty) {
  duties.insert(std::upper_bound(duties.begin(), duties.end(), duty, comes_before), std::move(duty));
}

}  // namespace lianxin::client::view
