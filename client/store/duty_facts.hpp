#pragma once
// Parts of duty_queries.cpp: the members' side and the rest.
#include <algorithm>
#include <unordered_map>

#include "client/store/duty_queries.hpp"
#include "client/store/persons.hpp"

namespace lianxin::client::store {

/// A reference as it stands in a column; nil for none.
[[nodiscard]] inline Id reference_in(const std::string& text) {
  const auto id = Id::parse(text);
  return id.ok() ? *id : Id();
}

/// Every reference of a set as it stands in a column.
template <class F>
void for_each_reference(std::string_view texts, F take) {
  while (!texts.empty()) {
    const std::size_t comma = std::min(texts.find(','), texts.size());
    const auto id = Id::parse(texts.substr(0, comma));
    if (id.ok()) take(*id);
    texts.remove_prefix(std::min(comma + 1, texts.size()));
  }
}

/// Contacts of some persons, by id.
[[nodiscard]] Result<std::vector<MemberContact>> member_contacts(lianxin::store::Database& database,
                                                                 std::string_view until,
                                                                 const Persons& persons);

/// Which records belong to what was asked, and which record stands for a person.
class DutyScope {
 public:
  [[nodiscard]] static Result<DutyScope> read(lianxin::store::Database& database, const DutyAsked& asked);
  /// Whether `unit` is the one asked for or lies below it.
  [[nodiscard]] bool holds(const Id& unit) { return asked_.is_nil() || is_below(unit, asked_); }
  [[nodiscard]] bool is_below(const Id& unit, const Id& above) const;
  /// The unit of these kinds that `unit` is or lies below; nil = none.
  [[nodiscard]] Id above(const Id& unit, const std::set<std::string>& kinds) const;
  [[nodiscard]] std::string name(const Id& unit) const;
  [[nodiscard]] Id person(const Id& record) const {
    const auto found = stands_for_.find(record);
    return found == stands_for_.end() ? record : found->second;
  }

 private:
  struct Unit {
    Id parent;
    std::string kind;
    std::string name;
  };
  Id asked_;
  std::unordered_map<Id, Unit> units_;
  std::unordered_map<Id, Id> stands_for_;  ///< of records another one stands for
};

/// Members with all that hangs on them.
[[nodiscard]] Result<std::vector<DutyMember>> read_duty_members(lianxin::store::Database& database,
                                                                const DutyAsked& asked, DutyScope& scope,
                                                                const Persons& persons);

}  // namespace lianxin::client::store
