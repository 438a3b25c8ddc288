#pragma once
// Parts of duty_queries.cpp: questions, consultations, requests to correct, tables of the quarter, numbers
// that stand twice. Each puts its own list anew.
#include "client/store/duty_facts.hpp"

namespace lianxin::client::store {

/// A consultation that was not solved is told for so many days.
inline constexpr int kConsultationDays = 92;

/// `last_event` is a query for the kind of a question's (alias c) last event until the day (?1).
[[nodiscard]] Status read_cases(lianxin::store::Database& database, const std::string& last_event,
                                const std::string& today, DutyScope& scope, DutyFacts& facts);
[[nodiscard]] Status read_consultations(lianxin::store::Database& database, const Date& today,
                                        DutyScope& scope, DutyFacts& facts);
[[nodiscard]] Status read_corrections(lianxin::store::Database& database, const Date& today, DutyScope& scope,
                                      DutyFacts& facts);
[[nodiscard]] Status read_tables(lianxin::store::Database& database, const Date& today, DutyScope& scope,
                                 DutyFacts& facts);
[[nodiscard]] Status read_twice(lianxin::store::Database& database, DutyScope& scope, DutyFacts& facts);

}  // namespace lianxin::client::store
