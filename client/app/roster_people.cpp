#include "client/app/roster_people.hpp"

#include <algorithm>

#include "shared/domain/likeness.hpp"

namespace lianxin::client::app {
using domain::BirthMatch;

void RosterPeople::add(RosterPerson person) {
  const std::size_t at = people_.size();
  if (!person.id_no.empty()) by_id_.emplace(person.id_no, at);
  by_name_.emplace(person.name, at);
  people_.push_back(std::move(person));
  taken_.push_back(false);
}

RosterPeople::Match RosterPeople::match(const RosterPerson& row) {
  Match match;
  if (const auto found = by_id_.find(row.id_no); !row.id_no.empty() && found != by_id_.end()) {
    const RosterPerson& person = people_[found->second];
    match.other_name = person.name != row.name;
    if (!match.other_name) {
      match.same = person.id;
      match.basis = "id";
      taken_[found->second] = true;
    }
    return match;
  }
  std::vector<std::size_t> named;
  for (auto [it, end] = by_name_.equal_range(row.name); it != end; ++it)
    named.push_back(it->second);
  std::sort(named.begin(), named.end());
  for (const std::size_t at : named) {
    const RosterPerson& person = people_[at];
    if (taken_[at] || (!row.id_no.empty() && !person.id_no.empty())) continue;
    const BirthMatch birth = domain::compare_births(row.born, person.born);
    if (birth == BirthMatch::kDiffers) continue;
    const bool same_village = row.village == person.village;
    const bool no_births = row.born.empty() && person.born.empty();
    if (same_village && (birth == BirthMatch::kMonth || no_births)) {
      match.same = person.id;
      match.basis = no_births ? "name" : "name_born";
      match.lookalikes.clear();
      taken_[at] = true;
      return match;
    }
    if (same_village || birth == BirthMatch::kMonth) match.lookalikes.push_back(person.id);
  }
  return match;
}

}  // namespace lianxin::client::app
