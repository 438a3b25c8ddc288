#pragma once
// A county's own fields as columns of its rosters: a column headed by what the county calls a field is that
// field (shared/domain/extension.hpp).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/import/roster_headings.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::import {

/// Those of members and of their outflow that are still asked and fit into a cell. Value type.
class OwnColumns {
 public:
  OwnColumns() = default;
  explicit OwnColumns(const domain::Catalogue& catalogue);

  /// What a column with these headings is: the lowest has to be the field's name, in either language.
  [[nodiscard]] std::optional<HeadingMatch> match(const std::vector<std::string>& path) const;
  /// nullptr = no own field goes by this target.
  [[nodiscard]] const domain::Field* field(std::string_view target) const;
  /// As `reading_of`, own fields too.
  [[nodiscard]] std::optional<Reading> reading(std::string_view target) const;
  /// "member.own_ride" ..., as the catalogue has them.
  [[nodiscard]] std::vector<std::string> targets() const;

 private:
  struct Own {
    std::string target;
    domain::Field field;
    Reading reading = Reading::kText;
  };
  [[nodiscard]] const Own* find(std::string_view target) const;
  std::vector<Own> columns_;
};

}  // namespace lianxin::client::import
