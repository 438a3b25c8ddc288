#include "client/view/duty_book.hpp"

#include <algorithm>

#include "shared/base/check.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::view {
namespace {

/// When more than one of so many is to be read anew, all are.
constexpr std::size_t kShare = 8;

constexpr auto kParcels = static_cast<std::size_t>(store::OtherFacts::kParcels);

using Kinds = std::vector<std::string_view>;

bool has_any(const store::Touched& touched, const Kinds& kinds) {
  return std::any_of(kinds.begin(), kinds.end(), [&](std::string_view name) {
    const domain::Kind* kind = domain::Catalogue::base().kind(name);
    return kind != nullptr && touched.kinds.count(kind->wire) > 0;
  });
}

/// Himself reached within the interval, as figure 20 counts it.
bool is_reached_in_time(const store::MemberContact& contact, const DueRules& rules) {
  const int interval = contact.is_abroad ? rules.abroad_days : rules.contact_days;
  return contact.last_reached >= rules.today.plus_days(-interval).text();
}

}  // namespace

void DutyList::add(Duty duty) {
  ++of_urgency[static_cast<std::size_t>(duty.urgency)];
  duties.insert(std::move(duty));
}

void DutyList::remove(const Duty& duty) {
  const auto at = duties.find(duty);
  LX_CHECK(at != duties.end(), "a duty follows from its facts alone");
  --of_urgency[static_cast<std::size_t>(duty.urgency)];
  duties.erase(at);
}

Status DutyBook::follow(store::LaptopStore& store, const Date& today) {
  LX_TRY(const store::Touched touched, store::take_touched(store.database(), store.records().catalogue()));
  const std::size_t persons = touched.subjects.size();
  const bool is_much = persons > at_once_ && persons * kShare > facts_.members.size() + waiting();
  const bool is_for_all = has_any(touched, {"worker", "org_unit", "parameter", "festival_day"});
  if (!is_read_ || rules_.today != today || is_for_all || is_much) return begin(store, today);
  is_read_ = false;  // until it is whole again
  if (!touched.kinds.empty()) LX_DO(take(store, touched));
  if (others_stale_) make_others();
  is_read_ = true;
  return {};
}

Status DutyBook::read(store::LaptopStore& store, const Date& today) {
  TwinsKept twins = std::move(twins_);
  *this = DutyBook(at_once_);
  twins_ = std::move(twins);
  LX_TRY(facts_, store::duty_facts(store.database(), {Id(), today}));
  facts_.headcount = {};  // every one is added below
  rules_ = due_rules(facts_, today);
  for (const store::DutyMember& member : facts_.members)
    add(member);
  add_parcels();
  make_others();
  is_read_ = true;
  return {};
}

/// What must be read again after such writes.
DutyBook::Parts DutyBook::parts_of(const store::Touched& touched, bool member_stays) {
  using store::OtherFacts;
  if (touched.clusters) return Parts().set();  // all say whom they are about
  static const std::vector<std::pair<OtherFacts, Kinds>> kFollow = {
      {OtherFacts::kCases, {"case_item", "case_event"}},
      {OtherFacts::kConsultations, {"consultation", "case_item"}},
      {OtherFacts::kCorrections, {"correction"}},
      {OtherFacts::kTables, {"village_table", "township_register"}},
      {OtherFacts::kTwice,
       {"certificate", "material", "grid", "points_rule", "village_table", "township_register",
        "month_close"}},
      {OtherFacts::kMeetings, {"contact_group", "activity"}},
      {OtherFacts::kSurveys, {"survey", "survey_answer"}},
      {OtherFacts::kCloses, {"month_close"}}};
  Parts parts;
  for (const auto& [part, kinds] : kFollow) {
    if (has_any(touched, kinds)) parts.set(static_cast<std::size_t>(part));
  }
  if (member_stays || !has_any(touched, {"member", "mobility_episode"})) return parts;
  // Who is looked after, and where; with a unit's members its records come and go.
  for (const OtherFacts part : {OtherFacts::kRules, OtherFacts::kTables, OtherFacts::kMeetings,
                                OtherFacts::kSurveys, OtherFacts::kCloses})
    parts.set(static_cast<std::size_t>(part));
  return parts;
}

Status DutyBook::read_part(store::LaptopStore& store, std::size_t part) {
  const bool is_parcels = part == kParcels;
  if (is_parcels) remove_parcels();
  LX_DO(store::read_other_facts(store.database(), {Id(), rules_.today}, static_cast<store::OtherFacts>(part),
                                facts_));
  if (is_parcels) add_parcels();
  return {};
}

/// As `read`; when there are many, they wait.
Status DutyBook::begin(store::LaptopStore& store, const Date& today) {
  LX_TRY(const std::uint32_t all, store::count_of(store.database(), "member"));
  if (all <= at_once_) return read(store, today);
  TwinsKept twins = std::move(twins_);
  *this = DutyBook(at_once_);
  twins_ = std::move(twins);
  LX_DO(store::read_other_facts(store.database(), {Id(), today}, store::OtherFacts::kRules, facts_));
  read_to_ = Id();
  unread_ = all;
  waiting_parts_.set();
  rules_ = due_rules(facts_, today);
  make_others();
  is_read_ = true;
  return {};
}

std::size_t DutyBook::waiting() const {
  return is_whole() ? 0 : std::max<std::size_t>(waiting_.size() + unread_, 1);
}

bool DutyBook::is_waiting(const Id& member) const {
  return waiting_.count(member) > 0 || (read_to_ && member > *read_to_);
}

/// What hangs on no member follows from who is looked after and where, of the members' facts.
Status DutyBook::take(store::LaptopStore& store, const store::Touched& touched) {
  const auto home_of_one = [&] {
    const bool is_one = touched.subjects.size() == 1;
    const store::DutyMember* const one = is_one ? find_member(facts_, touched.subjects.front()) : nullptr;
    return one == nullptr ? Id() : one->home;
  };
  const Id home = home_of_one();
  if (touched.subjects.size() > at_once_) {
    waiting_.insert(touched.subjects.begin(), touched.subjects.end());
    waiting_parts_.set(kParcels);
  } else if (!touched.subjects.empty()) {
    LX_DO(read_again(store, touched.subjects));
  }
  const bool stays = !home.is_nil() && home_of_one() == home;
  const Parts parts = parts_of(touched, stays);
  others_stale_ = true;
  if (!is_whole()) {
    waiting_parts_ |= parts;
    return {};
  }
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (parts[part]) LX_DO(read_part(store, part));
  }
  return {};
}

Result<bool> DutyBook::read_some(store::LaptopStore& store, std::size_t persons) {
  if (!is_read_ || is_whole()) return false;
  is_read_ = false;  // until it is whole again
  LX_TRY(const std::vector<Id> next, next_of(store, persons));
  if (!next.empty()) {
    LX_DO(read_again(store, next));
    waiting_parts_.set();  // how many a survey covers is counted over all of them
  } else {
    std::size_t part = 0;
    while (part + 1 < waiting_parts_.size() && !waiting_parts_[part])
      ++part;
    LX_DO(read_part(store, part));
    waiting_parts_.reset(part);
  }
  others_stale_ = true;
  is_read_ = true;
  return !is_whole();
}

/// At most so many of those who wait, who then wait no more.
Result<std::vector<Id>> DutyBook::next_of(store::LaptopStore& store, std::size_t persons) {
  if (!waiting_.empty()) {
    auto end = waiting_.begin();
    std::advance(end, std::min(persons, waiting_.size()));
    std::vector<Id> next(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    return next;
  }
  if (!read_to_) return std::vector<Id>();
  LX_TRY(std::vector<Id> next, store::duty_persons(store.database(), *read_to_, persons));
  unread_ -= std::min(unread_, next.size());
  if (next.size() < persons) {
    read_to_.reset();
    unread_ = 0;
  } else {
    read_to_ = next.back();
  }
  return next;
}

Status DutyBook::read_again(store::LaptopStore& store, const std::vector<Id>& subjects) {
  const store::DutyAsked asked{Id(), rules_.today};
  LX_TRY(store::DutyMembers read, store::duty_members(store.database(), asked, subjects));
  remove_parcels(&read.records);
  put_members(read);
  if (!waiting_parts_[kParcels]) LX_DO(store::read_parcels_of(store.database(), asked, read.records, facts_));
  add_parcels(&read.records);
  return {};
}

/// Whoever is there before and after stays in his place; who waits comes when it is his turn.
void DutyBook::put_members(store::DutyMembers& read) {
  std::vector<store::DutyMember> came;
  std::vector<Id> gone;
  for (const Id& record : read.records) {
    const store::DutyMember* before = find_member(facts_, record);
    if (before == nullptr) continue;
    remove(*before);
    gone.push_back(record);
  }
  for (store::DutyMember& member : read.members) {
    if (store::DutyMember* const at = facts_.members.find(member.contact.member)) {
      std::erase(gone, member.contact.member);
      *at = std::move(member);
    } else if (!is_waiting(member.contact.member)) {
      came.push_back(std::move(member));
    }
  }
  facts_.members.remove(gone);
  facts_.members.add(std::move(came));
  for (const Id& record : read.records) {
    const store::DutyMember* now = find_member(facts_, record);
    if (now != nullptr) add(*now);
  }
}

void DutyBook::add(const store::DutyMember& member) {
  count(member, 1);
  std::vector<Duty> own;
  add_member_duties(member, rules_, own);
  for (Duty& duty : own) {
    DutyList& list = of_members_[static_cast<std::size_t>(group_of(duty.kind))];
    list.add(std::move(duty));
  }
}

void DutyBook::remove(const store::DutyMember& member) {
  count(member, std::uint32_t{0} - 1);
  std::vector<Duty> own;
  add_member_duties(member, rules_, own);
  for (const Duty& duty : own)
    of_members_[static_cast<std::size_t>(group_of(duty.kind))].remove(duty);
}

namespace {

bool is_of(const store::DutyParcel& parcel, const std::vector<Id>* persons) {
  return persons == nullptr || std::binary_search(persons->begin(), persons->end(), parcel.member);
}

}  // namespace

void DutyBook::add_parcels(const std::vector<Id>* persons) {
  for (const store::DutyParcel& parcel : facts_.parcels) {
    if (!is_of(parcel, persons)) continue;
    if (auto duty = parcel_duty(parcel, facts_, rules_))
      of_members_[static_cast<std::size_t>(group_of(duty->kind))].add(std::move(*duty));
  }
}

void DutyBook::remove_parcels(const std::vector<Id>* persons) {
  for (const store::DutyParcel& parcel : facts_.parcels) {
    if (!is_of(parcel, persons)) continue;
    if (const auto duty = parcel_duty(parcel, facts_, rules_))
      of_members_[static_cast<std::size_t>(group_of(duty->kind))].remove(*duty);
  }
}

/// `one` = 1, or its negative.
void DutyBook::count(const store::DutyMember& member, std::uint32_t one) {
  if (one == 1)
    facts_.headcount.add(member);
  else
    facts_.headcount.remove(member);
  if (is_mobile(member, rules_)) sums_.to_contact += one;
  if (is_mobile(member, rules_) && is_reached_in_time(member.contact, rules_)) sums_.contacted += one;
  if (is_in_care(member)) sums_.in_care += one;
  if (is_in_care(member) && has_festival_visit(member, rules_)) sums_.visited += one;
}

void DutyBook::make_others() {
  others_ = other_duties(facts_, rules_);
  others_stale_ = false;
  if (!is_whole())
    std::erase_if(others_, [](const Duty& duty) { return !duty.member.is_nil() && duty.of == nullptr; });
  std::sort(others_.begin(), others_.end(), comes_before);
}

}  // namespace lianxin::client::view
