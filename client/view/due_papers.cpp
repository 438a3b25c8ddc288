#include "client/view/due_papers.hpp"

#include <algorithm>

namespace lianxin::client::view {
namespace {

using store::DutyMember;
using Duties = std::vector<Duty>;

/// Of a member by name where he is looked after here.
Duty duty_about(DutyKind kind, const store::DutyFacts& facts, const Id& person, const std::optional<Date>& on,
                const DueRules& rules) {
  const DutyMember* const member = find_member(facts, person);
  return member != nullptr ? duty_of(kind, *member, on, rules) : duty_at(kind, on, rules);
}

/// A question has a day, or is to get one: it is open until it is closed (domain.md 2.7).
void case_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  for (const store::DutyCase& one : facts.cases) {
    const auto due = Date::parse(one.due_on);
    if (due.ok() && *due > rules.today.plus_days(rules.soon_days)) continue;
    if (!due.ok() && one.is_answered) continue;
    Duty duty =
        duty_about(DutyKind::kCase, facts, one.member, due.ok() ? std::optional(*due) : std::nullopt, rules);
    duty.record = one.record;
    duty.args = {{"topic", one.topic}};
    out.push_back(std::move(duty));
  }
}

void consultation_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  for (const store::DutyConsultation& one : facts.consultations) {
    Duty duty = duty_about(DutyKind::kConsultation, facts, one.member, {}, rules);
    duty.record = one.record;
    duty.args = {{"day", one.on}};
    out.push_back(std::move(duty));
  }
}

/// A request is answered, with a reason when it is declined (PIPL 50).
void correction_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  for (const store::DutyCorrection& one : facts.corrections) {
    const auto due = Date::parse(one.due_on);
    Duty duty = duty_about(DutyKind::kCorrection, facts, one.member,
                           due.ok() ? std::optional(*due) : std::nullopt, rules);
    duty.record = one.record;
    out.push_back(std::move(duty));
  }
}

/// A quarter's table is owed by every village, also one without anybody (K10), from two weeks before the
/// quarter's end; that of the quarter before as well, where an earlier one was handed in.
void table_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  const Date end = quarter_end(rules.today);
  const Date before = quarter_begin(rules.today).plus_days(-1);
  for (const store::DutyTable& one : facts.tables) {
    const DutyKind kind = one.is_register ? DutyKind::kRegister : DutyKind::kVillageTable;
    const std::string last = store::quarter_text(before);
    const bool has_begun = !one.confirmed.empty() && *one.confirmed.begin() < last;
    for (const Date& day : {before, end}) {
      const std::string quarter = store::quarter_text(day);
      const bool is_owed = day == before ? has_begun : rules.today.plus_days(rules.quarter_end_days) >= end;
      if (!is_owed || one.confirmed.count(quarter) > 0) continue;
      Duty duty = duty_at(kind, day, rules);
      duty.urgency = urgency_of(day, rules, rules.quarter_end_days);
      duty.name = one.name;
      duty.unit = one.unit;
      duty.args = {{"quarter", quarter}};
      out.push_back(std::move(duty));
    }
  }
}

/// Who is verified is entered in the national register by hand (row 26); an office's duty, as one line.
void national_duty(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  if (!is_office(facts)) return;
  const std::uint32_t all = facts.headcount.verified_out;
  const std::uint32_t done = facts.headcount.entered;
  if (done >= all) return;
  Duty duty = duty_at(DutyKind::kNational, {}, rules);
  duty.args = {{"done", std::to_string(done)}, {"all", std::to_string(all)}};
  out.push_back(std::move(duty));
}

void twice_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  for (const store::DutyTwice& one : facts.twice) {
    Duty duty = duty_at(DutyKind::kTwice, {}, rules);
    duty.record = one.record;
    duty.name = one.text;
    duty.args = {{"what", one.kind}};
    out.push_back(std::move(duty));
  }
}

}  // namespace

void record_duties(const DutyMember& member, const DueRules& rules, Duties& out) {
  const auto next = Date::parse(member.contact.next_visit_on);
  if (next.ok() && *next <= rules.today.plus_days(rules.soon_days))
    out.push_back(duty_of(DutyKind::kNextVisit, member, *next, rules));
  const std::string& place = member.contact.dest_division;
  // In no division of this country is no unknown place (row 22).
  if (member.contact.is_out && !member.contact.is_abroad && (place.empty() || place == "unknown")) {
    Duty duty = duty_of(DutyKind::kPlaceUnknown, member, {}, rules);
    duty.record = member.episode;
    out.push_back(std::move(duty));
  }
  const auto notice = Date::parse(member.hardship_notice_to);
  if (notice.ok() && *notice < rules.today) {
    Duty duty = duty_of(DutyKind::kRecognise, member, {}, rules);
    duty.record = member.hardship;
    out.push_back(std::move(duty));
  }
  const std::pair<std::uint32_t, const char*> counts[] = {{member.outflows, "mobility_episode"},
                                                          {member.hardship_files, "hardship_record"},
                                                          {member.certificates, "certificate"}};
  for (const auto& [count, kind] : counts) {
    if (count < 2) continue;
    Duty duty = duty_of(DutyKind::kTwice, member, {}, rules);
    duty.args = {{"what", kind}};
    out.push_back(std::move(duty));
  }
}

void paper_duties(const store::DutyFacts& facts, const DueRules& rules, Duties& out) {
  case_duties(facts, rules, out);
  consultation_duties(facts, rules, out);
  correction_duties(facts, rules, out);
  table_duties(facts, rules, out);
  national_duty(facts, rules, out);
  twice_duties(facts, rules, out);
}

}  // namespace lianxin::client::view
