#include "shared/domain/likeness.hpp"

#include <algorithm>

#include "shared/domain/id_number.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kYearLength = 4;
constexpr std::size_t kMonthLength = 7;

bool both_known_and_differ(const std::string& one, const std::string& other) {
  return !one.empty() && !other.empty() && one != other;
}

/// GB/T 2261.1: 0 unknown and 9 not stated say nothing.
bool genders_differ(const std::string& one, const std::string& other) {
  const auto says = [](const std::string& gender) { return gender == "1" || gender == "2"; };
  return says(one) && says(other) && one != other;
}

/// A number with a slip in it tells nobody apart.
bool ids_differ(const std::string& one, const std::string& other) {
  return both_known_and_differ(one, other) && normalize_id_number(one).ok() &&
         normalize_id_number(other).ok();
}

bool share_phone(const PersonFacts& one, const PersonFacts& other) {
  return std::any_of(one.phones.begin(), one.phones.end(), [&](const std::string& phone) {
    return std::find(other.phones.begin(), other.phones.end(), phone) != other.phones.end();
  });
}

void add(LookAlike& out, Likeness likeness, std::string reason) {
  out.likeness = std::max(out.likeness, likeness);
  out.reasons.push_back(std::move(reason));
}

void add_by_phone(const PersonFacts& one, const PersonFacts& other, bool same_name, bool same_sound,
                  LookAlike& out) {
  if (!share_phone(one, other)) return;
  if (same_name) return add(out, Likeness::kLikely, "phone_name");
  if (same_sound) return add(out, Likeness::kLikely, "phone_sound");
  const bool is_household = genders_differ(one.gender, other.gender) ||
                            compare_births(one.born, other.born) == BirthMatch::kDiffers;
  if (!is_household) add(out, Likeness::kWeak, "phone");
}

void add_by_name(const PersonFacts& one, const PersonFacts& other, bool same_name, bool same_sound,
                 LookAlike& out) {
  const bool same_village = !one.village.is_nil() && one.village == other.village;
  if (is_same_birth(one.born, other.born, same_village)) {
    if (same_name) return add(out, Likeness::kLikely, "name_born");
    if (same_sound) add(out, Likeness::kWeak, "sound_born");
    return;
  }
  const bool unknown = compare_births(one.born, other.born) == BirthMatch::kUnknown;
  if (same_name && same_village && unknown) add(out, Likeness::kWeak, "name_village");
}

}  // namespace

BirthMatch compare_births(std::string_view one, std::string_view other) {
  const std::size_t common = std::min(one.size(), other.size());
  if (common < kYearLength) return BirthMatch::kUnknown;
  if (one.substr(0, common) != other.substr(0, common)) return BirthMatch::kDiffers;
  return common >= kMonthLength ? BirthMatch::kMonth : BirthMatch::kYear;
}

bool is_same_birth(std::string_view one, std::string_view other, bool same_village) {
  const BirthMatch match = compare_births(one, other);
  return match == BirthMatch::kMonth || (match == BirthMatch::kYear && same_village);
}

LookAlike compare_people(const PersonFacts& one, const PersonFacts& other) {
  LookAlike out;
  const bool same_name = !one.name.empty() && one.name == other.name;
  const bool same_sound = same_name || (!one.reading.empty() && one.reading == other.reading);
  if (!one.id_no.empty() && one.id_no == other.id_no && normalize_id_number(one.id_no).ok())
    add(out, Likeness::kStrong, "id");
  add_by_name(one, other, same_name, same_sound, out);
  add_by_phone(one, other, same_name, same_sound, out);
  if (out.likeness == Likeness::kNone || out.likeness == Likeness::kStrong) return out;
  const bool other_id = ids_differ(one.id_no, other.id_no);
  const bool other_gender = genders_differ(one.gender, other.gender);
  if (!other_id && !other_gender) return out;
  // What speaks against it stands beside what speaks for it.
  if (out.likeness == Likeness::kWeak) return {};
  out.likeness = Likeness::kWeak;
  if (other_id) out.reasons.emplace_back("other_id");
  if (other_gender) out.reasons.emplace_back("other_gender");
  return out;
}

}  // namespace lianxin::domain
