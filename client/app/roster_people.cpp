#include "client/app/roster_people.hpp"

#include <algorithm>

#include "shared/domain/likeness.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::app {
using domain::BirthMatch;

namespace {

bool share_one(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& one) {
    return std::find(others.begin(), others.end(), one) != others.end();
  });
}

}  // namespace

void RosterPeople::add(RosterPerson person) {
  const std::size_t at = people_.size();
  if (!person.id_no.empty()) by_id_.emplace(person.id_no, at);
  by_name_.emplace(person.name, at);
  people_.push_back(std::move(person));
  taken_.push_back(false);
}

RosterPeople::Match RosterPeople::match(const RosterPerson& row, bool is_printed) {
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
  const bool is_alone = std::count_if(named.begin(), named.end(), [&](std::size_t at) {
                          return people_[at].stands && people_[at].village == row.village;
                        }) == 1;
  for (const std::size_t at : named) {
    const RosterPerson& person = people_[at];
    if (taken_[at] || (!row.id_no.empty() && !person.id_no.empty())) continue;
    const BirthMatch birth = domain::compare_births(row.born, person.born);
    if (birth == BirthMatch::kDiffers) continue;
    const bool same_village = row.village == person.village;
    const bool no_births = row.born.empty() && person.born.empty();
    const bool same_phone = share_one(row.mobiles, person.mobiles);
    const bool same_born = birth == BirthMatch::kMonth ||
                           (is_printed && is_alone && !row.born.empty() && row.born == person.born);
    if (same_village && (same_born || same_phone || no_births)) {
      match.same = person.id;
      match.basis = same_born ? "name_born" : same_phone ? "name_phone" : "name";
      match.lookalikes.clear();
      taken_[at] = true;
      return match;
    }
    if (same_village || birth == BirthMatch::kMonth) match.lookalikes.push_back(person.id);
  }
  return match;
}

RosterPeople::Listed RosterPeople::match_listed(const RosterPerson& row,
                                                const std::vector<std::string>& masked) const {
  const auto has_printed_number = [&](const RosterPerson& person) {
    return share_one(row.mobiles, person.numbers) ||
           std::any_of(person.numbers.begin(), person.numbers.end(), [&](const std::string& number) {
             return share_one({domain::mask_phone(number)}, masked);
           });
  };
  std::vector<const RosterPerson*> fitting;
  std::vector<const RosterPerson*> by_number;
  Listed listed;
  for (auto [it, end] = by_name_.equal_range(row.name); it != end; ++it) {
    const RosterPerson& person = people_[it->second];
    if (!person.stands) continue;
    listed.lookalikes.push_back(person.id);
    const bool same_village = row.village == person.village;
    if (!same_village || domain::compare_births(row.born, person.born) == BirthMatch::kDiffers) continue;
    fitting.push_back(&person);
    if (has_printed_number(person)) by_number.push_back(&person);
  }
  std::sort(listed.lookalikes.begin(), listed.lookalikes.end());
  const bool prints_number = !row.mobiles.empty() || !masked.empty();
  const auto take = [&](const RosterPerson& person, const char* basis) {
    listed.same = person.id;
    listed.basis = basis;
  };
  if (by_number.size() == 1) {
    take(*by_number.front(), "name_phone");
  } else if (fitting.size() == 1) {
    const bool is_other = prints_number && !fitting.front()->numbers.empty();
    if (is_other)
      listed.reason = "listed_unsure";
    else
      take(*fitting.front(), row.born.empty() ? "name" : "name_born");
  } else {
    listed.reason = fitting.empty() ? "listed_nobody" : "listed_several";
  }
  return listed;
}

}  // namespace lianxin::client::app
