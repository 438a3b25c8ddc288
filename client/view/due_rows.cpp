#include "client/view/due_rows.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "client/view/due_words.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kRowsOfGroupMax = 500;
/// Shown before "all" is asked for; of each group at least so many, while there is room.
constexpr std::size_t kFirstRows = 9;
constexpr std::size_t kFirstOfGroup = 2;

Mark mark_of(const Duty& duty) {
  if (group_of(duty.kind) == DutyGroup::kCare && duty.kind != DutyKind::kBirthday) return Mark::kCare;
  switch (duty.urgency) {
    case Urgency::kLate:
      return Mark::kNeedsYou;
    case Urgency::kToday:
      return Mark::kToday;
    case Urgency::kSoon:
    case Urgency::kOpen:
      break;
  }
  return Mark::kDue;
}

class Rows {
 public:
  Rows(const ViewSources& sources, const DueRules& rules) : sources_(sources), rules_(rules) {}

  Result<DueRow> row(const Duty& duty) {
    const Wording& wording = sources_.wording;
    DueRow row;
    row.member = duty.member;
    row.name = duty.name.empty()
                   ? wording.text("view.duty_group." + std::string(group_name(group_of(duty.kind))))
                   : duty.name;
    row.key = std::string(duty_name(duty.kind)) + "." +
              (!duty.record.is_nil()   ? duty.record.text()
               : !duty.member.is_nil() ? duty.member.text()
                                       : duty.unit.text() + (duty.on ? duty.on->text() : ""));
    row.group = group_name(group_of(duty.kind));
    row.why = {why_in_words(wording, duty, rules_), Tone::kPlain, mark_of(duty)};
    if (duty.kind == DutyKind::kLost || duty.kind == DutyKind::kUnreached) {
      row.why_lead = wording.text("view.duty.lead_lost");
      row.why.tone = Tone::kNeedsYou;
    }
    if (duty.kind == DutyKind::kFamilyOnly) row.why.tone = Tone::kAgeing;
    row.due = due_in_words(wording, duty, rules_.today);
    if (duty.of != nullptr) {
      LX_DO(add_member(*duty.of, row));
    }
    add_opening(duty, row);
    return row;
  }

 private:
  Status add_member(const store::DutyMember& member, DueRow& row) {
    const Wording& wording = sources_.wording;
    const store::MemberContact& contact = member.contact;
    row.place = contact.is_out ? place_in_brief(wording, contact.dest_division, contact.usual_place)
                               : wording.text("view.at_home");
    if (row.place.empty()) row.place = wording.text("view.place_unknown");
    row.last_contact = contact.last_reached.empty() ? wording.text("view.never")
                                                    : wording.day(contact.last_reached, rules_.today);
    auto [village, is_new] = villages_.try_emplace(member.home);
    if (is_new) {
      LX_TRY(village->second, store::name_of(sources_.store.database(), "org_unit", member.home));
    }
    row.village = village->second;
    return {};
  }

  void fill(DueRow& row, const char* kind,
            std::initializer_list<std::pair<const char*, std::string>> values) {
    row.opens = DueOpens::kRecord;
    row.kind = kind;
    for (const auto& [field, value] : values) {
      if (!value.empty()) row.fill.push_back({row.record, kind, field, value});
    }
  }

  static void visit(DueRow& row, const char* purpose) {
    row.opens = DueOpens::kVisit;
    row.purpose = purpose;
  }

  void call(DueRow& row) {
    fill(row, "contact_attempt",
         {{"member_id", row.member.text()},
          {"occurred_on", today_},
          {"worker_id", me_},
          {"channel", "phone"},
          {"direction", "we_called"}});
  }

  void certificate(const Duty& duty, DueRow& row) {
    if (duty.kind == DutyKind::kCertificateIssue) {
      fill(row, "certificate",
           {{"member_id", row.member.text()}, {"episode_id", duty.of->episode.text()}, {"state", "issued"}});
    } else if (duty.kind == DutyKind::kCertificateCheck) {
      fill(row, "certificate_check",
           {{"certificate_id", duty.record.text()},
            {"year", duty.args.front().value},
            {"occurred_on", today_},
            {"worker_id", me_}});
    } else {
      row.record = duty.record;
      fill(row, "certificate", {{"state", "returned"}, {"returned_on", today_}});
    }
  }

  void table(const Duty& duty, DueRow& row) {
    const std::string& quarter = duty.args.front().value;
    if (duty.kind == DutyKind::kRegister)
      fill(row, "township_register", {{"township_id", duty.unit.text()}, {"quarter", quarter}});
    else
      fill(row, "village_table", {{"village_id", duty.unit.text()}, {"quarter", quarter}});
  }

  void page(const Duty& duty, DueRow& row) {
    row.opens = duty.kind == DutyKind::kConflicts    ? DueOpens::kConflicts
                : duty.kind == DutyKind::kDuplicates ? DueOpens::kDuplicates
                : duty.kind == DutyKind::kMonthClose ? DueOpens::kSync
                                                     : DueOpens::kRecord;
    row.record = duty.record;
  }

  void add_opening(const Duty& duty, DueRow& row) {
    switch (duty.kind) {
      case DutyKind::kCertificateIssue:
      case DutyKind::kCertificateCheck:
      case DutyKind::kCertificateBack:
        return certificate(duty, row);
      case DutyKind::kFestival:
        return visit(row, "care");
      case DutyKind::kHardshipVisit:
        return visit(row, "hardship");
      case DutyKind::kHome:
      case DutyKind::kNeverVisited:
      case DutyKind::kNextVisit:
        return visit(row, "");
      case DutyKind::kLiaisonMissing:
        return fill(row, "liaison_assignment",
                    {{"member_id", row.member.text()}, {"from", today_}, {"reason", "initial"}});
      case DutyKind::kTwice:
        if (row.member.is_nil()) return page(duty, row);
        row.opens = DueOpens::kMember;
        return;
      case DutyKind::kLiaisonMany:
      case DutyKind::kBackExpected:
      case DutyKind::kPlaceUnknown:
      case DutyKind::kRecognise:
        row.opens = DueOpens::kMember;
        return;
      case DutyKind::kRefresh:
        row.can_say_same = true;
        return fill(row, "quarter_refresh",
                    {{"member_id", row.member.text()},
                     {"quarter", store::quarter_text(rules_.today)},
                     {"occurred_on", today_},
                     {"how", "phone"},
                     {"worker_id", me_}});
      case DutyKind::kMeeting:
        return fill(row, "activity",
                    {{"org_id", duty.unit.text()},
                     {"kind", "topic_meeting"},
                     {"occurred_on", today_},
                     {"group_ids", duty.record.is_nil() ? "" : duty.record.text()}});
      case DutyKind::kParcel:
        row.opens = DueOpens::kDelivery;
        row.record = duty.record;
        return;
      case DutyKind::kParcelBack:
        return fill(row, "delivery_event",
                    {{"delivery_id", duty.record.text()},
                     {"occurred_on", today_},
                     {"kind", duty.args.front().value.empty() ? "cancelled" : ""},
                     {"worker_id", me_}});
      case DutyKind::kVillageTable:
      case DutyKind::kRegister:
        return table(duty, row);
      case DutyKind::kNational:
        row.opens = DueOpens::kRecord;
        row.kind = "mobility_episode";
        return;
      case DutyKind::kConsultation:
      case DutyKind::kCorrection:
      case DutyKind::kCase:
      case DutyKind::kSurvey:
      case DutyKind::kMonthClose:
      case DutyKind::kConflicts:
      case DutyKind::kDuplicates:
        return page(duty, row);
      default:
        return call(row);
    }
  }

  const ViewSources& sources_;
  const DueRules& rules_;
  std::string today_ = rules_.today.text();
  std::string me_ = sources_.store.identity().worker.text();
  std::unordered_map<Id, std::string> villages_;
};

/// The first few of the whole: two of each group, then by need, as many as fit.
void choose_first(std::vector<DueRow>& rows) {
  std::map<std::string, std::size_t> of_group;
  std::size_t chosen = 0;
  for (DueRow& row : rows) {
    row.first = chosen < kFirstRows && of_group[row.group] < kFirstOfGroup;
    if (!row.first) continue;
    ++of_group[row.group];
    ++chosen;
  }
  for (DueRow& row : rows) {
    if (chosen >= kFirstRows) return;
    if (row.first) continue;
    row.first = true;
    ++chosen;
  }
}

/// Counts all of the list and takes the first of it.
void add_group(const DutyList& list, DueGroup& group, TodayView& view, std::vector<const Duty*>& shown) {
  const std::uint32_t late = list.of_urgency[static_cast<std::size_t>(Urgency::kLate)];
  group.count = static_cast<std::uint32_t>(list.duties.size());
  group.late = late;
  view.pressing += late + list.of_urgency[static_cast<std::size_t>(Urgency::kToday)];
  std::size_t taken = 0;
  for (auto duty = list.duties.begin(); duty != list.duties.end() && taken < kRowsOfGroupMax; ++duty, ++taken)
    shown.push_back(&*duty);
}

}  // namespace

Status add_due(const ViewSources& sources, const DutyBook& book, const std::vector<Duty>& decisions,
               TodayView& view) {
  std::array<DueGroup, kDutyGroups> groups;
  std::vector<const Duty*> shown;
  for (std::size_t i = 0; i < kDutyGroups; ++i)
    add_group(book.of_members(static_cast<DutyGroup>(i)), groups[i], view, shown);
  for (const std::vector<Duty>* others : {&book.others(), &decisions}) {
    std::array<std::size_t, kDutyGroups> taken{};
    for (const Duty& duty : *others) {
      const auto of = static_cast<std::size_t>(group_of(duty.kind));
      DueGroup& group = groups[of];
      ++group.count;
      if (duty.urgency == Urgency::kLate) ++group.late;
      if (duty.urgency <= Urgency::kToday) ++view.pressing;
      if (taken[of]++ < kRowsOfGroupMax) shown.push_back(&duty);  // they stand in their order
    }
  }
  std::sort(shown.begin(), shown.end(), [](const Duty* a, const Duty* b) { return comes_before(*a, *b); });
  Rows rows(sources, book.rules());
  std::array<std::size_t, kDutyGroups> of_group{};
  for (const Duty* duty : shown) {
    if (++of_group[static_cast<std::size_t>(group_of(duty->kind))] > kRowsOfGroupMax) continue;
    LX_TRY(DueRow row, rows.row(*duty));
    view.due.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < kDutyGroups; ++i) {
    view.due_total += groups[i].count;
    if (groups[i].count == 0) continue;
    groups[i].code = group_name(static_cast<DutyGroup>(i));
    groups[i].name = sources.wording.text("view.duty_group." + groups[i].code);
    view.groups.push_back(std::move(groups[i]));
  }
  choose_first(view.due);
  return {};
}

}  // namespace lianxin::client::view
