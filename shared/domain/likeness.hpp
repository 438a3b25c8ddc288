#pragma once
// What makes two entries look like one person: one rule for records that met after a sync, and for the rows
// of a roster. A rule proposes, a person decides. Pure.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/id.hpp"

namespace lianxin::domain {

enum class BirthMatch : std::uint8_t {
  kUnknown,  ///< one of them says nothing
  kDiffers,
  kYear,   ///< no more than the year is known of both
  kMonth,  ///< month or day
};
/// How far two partial dates agree, as far as both are known.
[[nodiscard]] BirthMatch compare_births(std::string_view one, std::string_view other);
/// One name and one birth: the month, or a year alone within one village.
[[nodiscard]] bool is_same_birth(std::string_view one, std::string_view other, bool same_village);

/// What is known of a person. "" = not known.
struct PersonFacts {
  std::string name;
  std::string reading;  ///< pinyin of the name, syllables joined
  std::string gender;   ///< code of GB/T 2261.1
  std::string id_no;
  std::string born;
  Id village;
  std::vector<std::string> phones;
};

enum class Likeness : std::uint8_t { kNone, kWeak, kLikely, kStrong };

/// How alike, and why: each reason is the end of a text key "duplicate.reason.<reason>".
struct LookAlike {
  Likeness likeness = Likeness::kNone;
  std::vector<std::string> reasons;
};

/// Strong: one ID number. Likely: one name with one birth or one telephone, or a name that sounds the same
/// with one telephone. Weak: only the telephone (unless name and gender both differ: couples share one), only
/// the sound with the birth, only name and village with a birth unknown. Two different valid ID numbers, or
/// two genders, make anything but the number weak or nothing.
[[nodiscard]] LookAlike compare_people(const PersonFacts& one, const PersonFacts& other);

}  // namespace lianxin::domain
