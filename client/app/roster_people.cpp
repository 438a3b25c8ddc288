#include "client/app/roster_people.hpp"

#include <algorithm>

namespace lianxin::client::app {
namespace {

constexpr std::size_t kYearLength = 4;
constexpr std::size_t kMonthLength = 7;

enum class Birth : std::uint8_t { kDiffers, kUnknown, kYear, kMonth };

/// How far two partial dates agree.
Birth compare_births(std::string_view one, std::string_view other) {
  const std::size_t common = std::min(one.size(), other.size());
  if (common == 0) return Birth::kUnknown;
  if (one.substr(0, common) != other.substr(0, common)) return Birth::kDiffers;
  return common >= kMonthLength ? Birth::kMonth : common >= kYearLength ? Birth::kYear : Birth::kUnknown;
}

}  // namespace

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
    const Birth birth = compare_births(row.born, person.born);
    if (birth == Birth::kDiffers) continue;
    const bool same_village = row.village == person.village;
    const bool no_births = row.born.empty() && person.born.empty();
    if (same_village && (birth == Birth::kMonth || no_births)) {
      match.same = person.id;
      match.basis = no_births ? "name" : "name_born";
      match.lookalikes.clear();
      taken_[at] = true;
      return match;
    }
    if (same_village || birth == Birth::kMonth) match.lookalikes.push_back(person.id);
  }
  return match;
}

}  // namespace lianxin::client::app
