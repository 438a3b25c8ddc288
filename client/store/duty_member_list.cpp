#include "client/store/duty_member_list.hpp"

#include <algorithm>

#include "client/store/duty_queries.hpp"

namespace lianxin::client::store {

namespace {

using Place = std::unique_ptr<DutyMember>;

const Id& id_of(const Place& place) { return place->contact.member; }

bool stands_before(const Place& a, const Place& b) { return id_of(a) < id_of(b); }

}  // namespace

DutyMemberList::DutyMemberList(std::initializer_list<DutyMember> members)
    : DutyMemberList(std::vector<DutyMember>(members)) {}

DutyMemberList::DutyMemberList(std::vector<DutyMember> members) { add(std::move(members)); }

DutyMemberList::~DutyMemberList() = default;

DutyMember* DutyMemberList::find(const Id& member) const {
  const auto at = std::lower_bound(all_.begin(), all_.end(), member,
                                   [](const Place& one, const Id& wanted) { return id_of(one) < wanted; });
  return at != all_.end() && id_of(*at) == member ? at->get() : nullptr;
}

void DutyMemberList::add(std::vector<DutyMember> came) {
  const auto end = static_cast<std::ptrdiff_t>(all_.size());
  for (DutyMember& member : came)
    all_.push_back(std::make_unique<DutyMember>(std::move(member)));
  std::inplace_merge(all_.begin(), all_.begin() + end, all_.end(), stands_before);
}

void DutyMemberList::remove(const std::vector<Id>& gone) {
  if (gone.empty()) return;
  std::erase_if(
      all_, [&](const Place& place) { return std::binary_search(gone.begin(), gone.end(), id_of(place)); });
}

}  // namespace lianxin::client::store
