#include "client/view/due_words.hpp"

#include <algorithm>

namespace lianxin::client::view {
namespace {

/// "_died", "_died_packed", "_left", "_left_packed"; the day is said as on the page.
std::string parcel_back_words(const Wording& wording, const DueRules& rules, std::vector<ErrorArg>& args) {
  std::string ending;
  bool is_sent = false;
  for (ErrorArg& arg : args) {
    if (arg.name == "why") ending = "_" + arg.value;
    if (arg.name != "day") continue;
    is_sent = !arg.value.empty();
    if (is_sent) arg.value = wording.day(arg.value, rules.today);
  }
  return (ending.empty() ? "_died" : ending) + (is_sent ? "" : "_packed");
}

}  // namespace

std::string why_in_words(const Wording& wording, const Duty& duty, const DueRules& rules) {
  std::vector<ErrorArg> args = duty.args;
  for (ErrorArg& arg : args) {
    if (arg.name == "festival") arg.value = wording.code("festival", arg.value);
    if (arg.name == "what") arg.value = wording.text("kind." + arg.value);
    if (arg.name == "day" && duty.kind == DutyKind::kConsultation)
      arg.value = wording.day(arg.value, rules.today);
    if (arg.name == "topic") arg.value = wording.code("case_topic", arg.value);
  }
  std::string name(duty_name(duty.kind));
  if (duty.kind == DutyKind::kLost) args.push_back({"months", std::to_string(rules.lost_months)});
  if (duty.kind == DutyKind::kCase && !duty.on) name += "_undated";
  const auto is_problem = [](const ErrorArg& arg) { return arg.name == "problem"; };
  if (duty.kind == DutyKind::kParcel && std::any_of(args.begin(), args.end(), is_problem)) name += "_problem";
  if (duty.kind == DutyKind::kParcelBack) name += parcel_back_words(wording, rules, args);
  if (duty.of != nullptr) {
    const store::MemberContact& contact = duty.of->contact;
    if (duty.kind == DutyKind::kLost && contact.lost_marked) name += "_marked";
    if ((duty.kind == DutyKind::kContact || duty.kind == DutyKind::kContactSoon) && contact.is_abroad) {
      name += "_abroad";
      args.push_back({"days", std::to_string(rules.abroad_days)});
    }
    if (duty.kind == DutyKind::kUnreached) {
      args.push_back({"count", std::to_string(contact.failed_days)});
      args.push_back({"day", wording.day(contact.last_failed, rules.today)});
    }
    if (duty.kind == DutyKind::kFamilyOnly)
      args.push_back({"day", wording.day(contact.last_indirect, rules.today)});
    if (duty.kind == DutyKind::kFestival && !duty.of->hardship.is_nil()) name += "_hardship";
  }
  if (duty.all > 0 && duty.kind != DutyKind::kSurvey) args.push_back({"count", std::to_string(duty.all)});
  return wording.text("view.duty." + name, args);
}

Words due_in_words(const Wording& wording, const Duty& duty, const Date& today) {
  if (!duty.on) return {wording.text("view.due.no_day"), Tone::kQuiet, Mark::kNone};
  const auto days = duty.on->day_number() - today.day_number();
  if (days == 0) return {wording.text("view.due.today"), Tone::kNeedsYou, Mark::kNone};
  if (days > 0) return {wording.day(duty.on->text(), today), Tone::kPlain, Mark::kNone};
  const Tone tone = duty.urgency == Urgency::kLate ? Tone::kNeedsYou : Tone::kAgeing;
  return {wording.text("view.due.overdue", {{"days", std::to_string(-days)}}), tone, Mark::kNone};
}

void add_decisions(std::size_t conflicts, std::size_t twins, const DueRules& rules,
                   std::vector<Duty>& duties) {
  const std::pair<DutyKind, std::size_t> counts[] = {{DutyKind::kConflicts, conflicts},
                                                     {DutyKind::kDuplicates, twins}};
  for (const auto& [kind, count] : counts) {
    if (count == 0) continue;
    Duty duty;
    duty.kind = kind;
    duty.on = rules.today;
    duty.urgency = kind == DutyKind::kConflicts ? Urgency::kToday : Urgency::kOpen;
    if (kind == DutyKind::kDuplicates) duty.on.reset();
    duty.all = static_cast<std::uint32_t>(count);
    add_duty(duties, std::move(duty));
  }
}

}  // namespace lianxin::client::view
