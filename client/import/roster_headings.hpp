#pragma once
// The vocabulary of column headings: data in assets/codes/roster_headings.tsv, so that a new wording needs no
// programmer.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::client::import {

/// How the cells below a heading are read.
enum class Reading : std::uint8_t { kNone, kName, kId, kCode, kDate, kText, kAddress, kPhone, kVillage };

/// Targets the reader itself treats in a special way; all other targets are just "kind.field".
inline constexpr std::string_view kTargetIgnored = "-";
inline constexpr std::string_view kTargetName = "member.name";
inline constexpr std::string_view kTargetId = "member.id_no";
inline constexpr std::string_view kTargetBorn = "member.born_on";
inline constexpr std::string_view kTargetGender = "member.gender";
inline constexpr std::string_view kTargetRemark = "member.remark";
inline constexpr std::string_view kTargetAffiliation = "member.affiliation_text";
inline constexpr std::string_view kTargetVillage = "unit.village";
inline constexpr std::string_view kTargetOccupation = "member.occupation";
inline constexpr std::string_view kTargetEmployer = "mobility_episode.employer";
inline constexpr std::string_view kTargetAddress = "mobility_episode.dest_address";
inline constexpr std::string_view kTargetCameFrom = "mobility_episode.came_from_division";
inline constexpr std::string_view kTargetCameOn = "mobility_episode.came_on";  ///< whichever day he came
inline constexpr std::string_view kTargetDivision = "mobility_episode.dest_division";
inline constexpr std::string_view kTargetSelfPhone = "contact_point.self";
inline constexpr std::string_view kTargetFamilyPhone = "contact_point.family";
inline constexpr std::string_view kTargetFamilyName = "contact_point.family_name";
inline constexpr std::string_view kTargetLiaison = "liaison.name";
inline constexpr std::string_view kTargetLiaisonPhone = "liaison.phone";

inline constexpr int kByGroup = 95;

struct HeadingMatch {
  std::string target;
  Reading reading = Reading::kNone;
  int confidence =
      0;  ///< 100 exact · 95 by its group heading · 90 without its brackets · 70 a word inside it
};

/// Without blanks, brackets' signs and punctuation, half-width, lower case: "姓  名" -> "姓名", "村（社区）"
/// -> "村社区".
[[nodiscard]] std::string normalize_heading(std::string_view heading);
/// Best meaning of a column whose headings from the top row to the bottom row are `path`; nothing when none
/// fits.
[[nodiscard]] std::optional<HeadingMatch> match_heading(const std::vector<std::string>& path);
/// "从事职业", "务工工种": what somebody does there. Many write where instead.
[[nodiscard]] bool asks_for_work(std::string_view heading);
/// A word some roster uses as heading or as the merged heading over several columns.
[[nodiscard]] bool is_heading_word(std::string_view text);
/// Every meaning a column can be given, in the order of the data file, each once, without kTargetIgnored.
[[nodiscard]] const std::vector<std::string>& heading_targets();
/// How a target's cells are read; nothing for a target nobody knows.
[[nodiscard]] std::optional<Reading> reading_of(std::string_view target);

}  // namespace lianxin::client::import
