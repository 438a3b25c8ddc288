#include "client/view/duty_book.hpp"

#include <algorithm>

#include "shared/domain/catalogue.hpp"

namespace lianxin::client::view {
namespace {

/// More persons than this are not read one by one, unless they are few among all.
constexpr std::size_t kAloneMax = 200;
constexpr std::size_t kShare = 8;

bool has_any(const store::Touched& touched, std::initializer_list<std::string_view> kinds) {
  return std::any_of(kinds.begin(), kinds.end(), [&](std::string_view name) {
    const domain::Kind* kind = domain::Catalogue::base().kind(name);
    return kind != nullptr && touched.kinds.count(kind->wire) > 0;
  });
}

}  // namespace

Status DutyBook::follow(store::LaptopStore& store, const Date& today) {
  LX_TRY(const store::Touched touched, store::take_touched(store.database()));
  const std::size_t persons = touched.subjects.size();
  const bool is_much = persons > kAloneMax && persons * kShare > facts_.members.size();
  const bool is_for_all = has_any(touched, {"worker", "org_unit", "parameter", "festival_day"});
  if (!is_read_ || rules_.today != today || is_for_all || is_much) return read(store, today);
  if (touched.kinds.empty()) return {};
  is_read_ = false;  // until it is whole again
  LX_DO(read_again(store, touched));
  is_read_ = true;
  return {};
}

Status DutyBook::read(store::LaptopStore& store, const Date& today) {
  is_read_ = false;
  LX_TRY(facts_, store::duty_facts(store.database(), {Id(), today}));
  rules_ = due_rules(facts_, today);
  of_members_.clear();
  for (const store::DutyMember& member : facts_.members)
    add_member_duties(member, rules_, of_members_);
  std::sort(of_members_.begin(), of_members_.end(), comes_before);
  others_ = other_duties(facts_, rules_);
  std::sort(others_.begin(), others_.end(), comes_before);
  is_read_ = true;
  return {};
}

Status DutyBook::read_again(store::LaptopStore& store, const store::Touched& touched) {
  const store::DutyAsked asked{Id(), rules_.today};
  LX_TRY(store::DutyMembers read, store::duty_members(store.database(), asked, touched.subjects));
  std::erase_if(of_members_, [&](const Duty& duty) {
    return std::binary_search(read.records.begin(), read.records.end(), duty.member);
  });
  std::vector<Duty> fresh;
  const bool has_moved = put_members(read);
  for (const Id& record : read.records) {
    const store::DutyMember* member = find_member(facts_, record);
    if (member != nullptr) add_member_duties(*member, rules_, fresh);
  }
  std::sort(fresh.begin(), fresh.end(), comes_before);
  const auto end = static_cast<std::ptrdiff_t>(of_members_.size());
  std::move(fresh.begin(), fresh.end(), std::back_inserter(of_members_));
  std::inplace_merge(of_members_.begin(), of_members_.begin() + end, of_members_.end(), comes_before);
  if (has_moved) point_to_members();
  if (has_any(touched, {"member", "case_item", "case_event", "delivery", "delivery_event", "contact_group",
                        "activity", "survey", "survey_answer", "month_close"}))
    LX_DO(store::read_other_facts(store.database(), asked, facts_));
  others_ = other_duties(facts_, rules_);
  std::sort(others_.begin(), others_.end(), comes_before);
  return {};
}

/// True = some came or went, so that all lie elsewhere.
bool DutyBook::put_members(store::DutyMembers& read) {
  std::vector<store::DutyMember>& all = facts_.members;
  const auto is_before = [](const store::DutyMember& a, const store::DutyMember& b) {
    return a.contact.member < b.contact.member;
  };
  std::vector<Id> gone;
  for (const Id& record : read.records) {
    if (find_member(facts_, record) != nullptr) gone.push_back(record);
  }
  std::vector<store::DutyMember> came;
  for (store::DutyMember& member : read.members) {
    const auto at = std::lower_bound(all.begin(), all.end(), member, is_before);
    if (at == all.end() || at->contact.member != member.contact.member) {
      came.push_back(std::move(member));
      continue;
    }
    std::erase(gone, member.contact.member);
    *at = std::move(member);
  }
  if (gone.empty() && came.empty()) return false;
  std::erase_if(all, [&](const store::DutyMember& member) {
    return std::binary_search(gone.begin(), gone.end(), member.contact.member);
  });
  const auto end = static_cast<std::ptrdiff_t>(all.size());
  std::move(came.begin(), came.end(), std::back_inserter(all));
  std::inplace_merge(all.begin(), all.begin() + end, all.end(), is_before);
  return true;
}

void DutyBook::point_to_members() {
  for (Duty& duty : of_members_)
    duty.of = find_member(facts_, duty.member);
}

std::vector<const Duty*> DutyBook::sorted(const std::vector<Duty>& more) const {
  std::vector<const Duty*> out;
  out.reserve(of_members_.size() + others_.size() + more.size());
  const auto is_before = [](const Duty* a, const Duty* b) { return comes_before(*a, *b); };
  for (const std::vector<Duty>* part : {&of_members_, &others_, &more}) {
    const auto end = static_cast<std::ptrdiff_t>(out.size());
    for (const Duty& duty : *part)
      out.push_back(&duty);
    std::inplace_merge(out.begin(), out.begin() + end, out.end(), is_before);
  }
  return out;
}

}  // namespace lianxin::client::view
