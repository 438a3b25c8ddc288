#pragma once
// The points ledger (domain.md 2.12): rules are records of the shelf, each holding between two days; entries
// are proposed, decided by somebody else, and taken back by a counter-entry alone. Switched off until the
// county's parameter `points_on` says otherwise. Store thread.
#include <cstdint>
#include <string>
#include <vector>

#include "client/store/laptop_store.hpp"

namespace lianxin::client::app {

struct PointsProposal {
  Id member;
  Id rule;
  Date on;
  std::string evidence;  ///< id of a record; "" = stated by hand, with a reason
  std::string reason;
};

struct PointsMade {
  Id entry;
  std::int64_t tenths = 0;
  bool capped = false;  ///< fewer than the rule gives
};

/// The parameter that holds on the day: of several the one that begins last; "" = none.
[[nodiscard]] Result<std::string> parameter_on(store::LaptopStore& store, std::string_view name,
                                               const Date& day);

/// A proposed entry of what the rule gives, less what goes beyond its own cap (`cap_tenths` in `cap_period`),
/// that of its class and that of the member in a year (parameters `points_class_cap`, `points_year_cap`, in
/// whole points); rejected entries do not count against them. Errors "points.off" {on}, "points.rule"
/// (no such rule), "points.rule_days" {rule, on}, "points.not_for" {rule} (the member's class; special
/// members are exempt unless the rule names them), "points.again" (this rule has an entry for this evidence),
/// "points.reason", "points.cap" {rule} (nothing is left), "record.unknown" {id}.
[[nodiscard]] Result<PointsMade> propose_points(store::LaptopStore& store, const PointsProposal& proposal);

/// By a secretary or an office, or by the role the rule names; never by the author. Approving checks the caps
/// once more against what is approved: two laptops may have proposed at once. Errors "points.off",
/// "points.own", "points.role" {who}, "points.decided", "points.cap" {rule}, "points.entry" (no such entry).
[[nodiscard]] Status decide_points(store::LaptopStore& store, const Id& entry, bool approve);

/// A proposed counter-entry of an approved entry, to be approved like any other; the entry itself stays.
/// Errors "points.not_approved", "points.reversed" (there is one that is not rejected), "points.reason",
/// "points.entry".
[[nodiscard]] Result<PointsMade> reverse_points(store::LaptopStore& store, const Id& entry,
                                                const std::string& reason);

/// A rule that changes: the old one ends the day before, a new one of the same code and the next version
/// begins; entries keep the rule they were made by, and one cap covers both. Errors "points.rule",
/// "points.rule_days" {rule, on} (the rule does not hold on the day before).
[[nodiscard]] Result<Id> change_points_rule(store::LaptopStore& store, const Id& rule, const Date& from,
                                            std::vector<store::FieldEdit> changes);

struct PointsSum {
  Id member;
  std::string name;
  std::string village;
  std::int64_t tenths = 0;
  std::uint32_t entries = 0;
};
/// Approved entries and counter-entries of a period, without those that nobody else approved (approval.hpp),
/// by member, the most points first; special members without an entry are left out like everybody without
/// one.
[[nodiscard]] Result<std::vector<PointsSum>> points_sums(store::LaptopStore& store, const Date& from,
                                                         const Date& as_of);

/// "12.5".
[[nodiscard]] std::string points_text(std::int64_t tenths);

}  // namespace lianxin::client::app
