#pragma once
// Parts of duty_queries.cpp: the members' side and the rest.
#include <unordered_map>

#include "client/store/duty_queries.hpp"

namespace lianxin::client::store {

/// Runs `row` for every row of the statement.
template <class F>
Status each_row(lianxin::store::Statement& statement, F row) {
  while (true) {
    LX_TRY(const bool found, statement.step());
    if (!found) return {};
    row();
  }
}
/// A reference as it stands in a column; nil for none.
[[nodiscard]] inline Id reference_in(const std::string& text) {
  const auto id = Id::parse(text);
  return id.ok() ? *id : Id();
}

/// Which records belong to what was asked, and which record stands for a person.
class DutyScope {
 public:
  [[nodiscard]] static Result<DutyScope> read(lianxin::store::Database& database, const DutyAsked& asked);
  /// Whether `unit` is the one asked for or lies below it.
  [[nodiscard]] bool holds(const Id& unit) { return asked_.is_nil() || is_below(unit, asked_); }
  [[nodiscard]] bool is_below(const Id& unit, const Id& above) const;
  [[nodiscard]] Id person(const Id& record) const {
    const auto found = stands_for_.find(record);
    return found == stands_for_.end() ? record : found->second;
  }
  void note_gone(const Id& person, const std::string& name) { gone_[person] = name; }
  /// The name of a person who is looked after no more; null = of everybody else.
  [[nodiscard]] const std::string* gone(const Id& person) const {
    const auto found = gone_.find(person);
    return found == gone_.end() ? nullptr : &found->second;
  }

 private:
  Id asked_;
  std::unordered_map<Id, Id> above_;       ///< of each unit
  std::unordered_map<Id, Id> stands_for_;  ///< of records another one stands for
  std::unordered_map<Id, std::string> gone_;
};

/// Members with all that hangs on them.
[[nodiscard]] Status read_duty_members(lianxin::store::Database& database, const DutyAsked& asked,
                                       DutyScope& scope, DutyFacts& facts);

}  // namespace lianxin::client::store
