#pragma once
// Parts of due.cpp: what its rules have in common, and the rules about papers and records.
#include <optional>
#include <string>
#include <vector>

#include "client/view/due.hpp"

namespace lianxin::client::view {

[[nodiscard]] std::optional<Date> first_day(const std::string& text);
/// Nobody is away long enough before it is certain: of a partial date the last day counts.
[[nodiscard]] std::optional<Date> last_day(const std::string& text);
[[nodiscard]] Urgency urgency_of(const std::optional<Date>& on, const DueRules& rules, int soon_days);
[[nodiscard]] Duty duty_at(DutyKind kind, const std::optional<Date>& on, const DueRules& rules);
[[nodiscard]] Duty duty_of(DutyKind kind, const store::DutyMember& member, const std::optional<Date>& on,
                           const DueRules& rules);
/// People of more than one list: an office, which closes months; a village's laptop does not hold its closes.
[[nodiscard]] bool is_office(const store::DutyFacts& facts);

/// An agreed visit, a place nobody knows, a public notice that is over, what stands twice.
void record_duties(const store::DutyMember& member, const DueRules& rules, std::vector<Duty>& out);
/// Questions, consultations, requests to correct, tables and registers of the quarter, the national register,
/// numbers that stand twice.
void paper_duties(const store::DutyFacts& facts, const DueRules& rules, std::vector<Duty>& out);

}  // namespace lianxin::client::view
