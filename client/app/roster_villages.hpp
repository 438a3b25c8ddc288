#pragma once
// The villages a roster may speak of: names and codes as offices write them, to the units this laptop knows.
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "client/store/records.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::app {

struct RosterUnit {
  Id id;
  std::string code;
  std::string name;
  std::string kind;   ///< code of list `org_kind`; "" = not known here
  Id merged_into;     ///< nil = stands on its own
  bool held = false;  ///< a scope of this laptop
};

/// Immutable after the constructor.
class RosterVillages {
 public:
  explicit RosterVillages(std::vector<RosterUnit> units);
  /// Units of the reference shelf and this laptop's scopes.
  [[nodiscard]] static Result<RosterVillages> of(store::Records& records);

  [[nodiscard]] const std::vector<RosterUnit>& units() const { return units_; }

  struct Found {
    const RosterUnit* unit = nullptr;  ///< also set when it is outside
    /// "" or "village_missing", "village_unknown", "village_ambiguous", "village_outside".
    std::string problem;
  };
  /// By code, by the exact name, else by the name without its last word ("三合村委会", "三合社区", "三合").
  [[nodiscard]] Found find(std::string_view written) const;
  /// The smallest held unit above all these codes; nullptr when none is held.
  [[nodiscard]] const RosterUnit* above(const std::vector<std::string>& codes) const;

 private:
  [[nodiscard]] Found choose(const std::vector<std::size_t>& candidates) const;

  std::vector<RosterUnit> units_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_stem_;
};

}  // namespace lianxin::client::app
