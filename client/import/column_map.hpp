#pragma once
// A person's own word on what the columns mean (`--map`, or remembered for a file shape): it beats the
// vocabulary.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/import/own_columns.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::import {

/// Key: a heading ("联系电话"), a path from the top heading ("联系方式/本人电话"), or a column ("@F"). Value:
/// a target of roster_headings.tsv or of
/// an own field; "" or "-" = do not take this column.
class ColumnMap {
 public:
  /// JSON object {"heading": "target"} (or {"columns": {...}}), or lines "heading<TAB>target" with #
  /// comments. Errors: "import.map_malformed", "import.map_target" {heading, target}.
  [[nodiscard]] static Result<ColumnMap> parse(std::string_view text, const OwnColumns& own = {});
  /// Error "import.map_target".
  [[nodiscard]] Status set(std::string_view key, std::string_view target, const OwnColumns& own = {});
  /// The key under which a column with these headings is found again; "" = they say nothing.
  [[nodiscard]] static std::string key_of(const std::vector<std::string>& path);
  /// The target for a column, nullptr when the map says nothing. The more special key wins: column, path,
  /// heading.
  [[nodiscard]] const std::string* find(std::uint32_t column, const std::vector<std::string>& path) const;
  /// Some heading with this text is mapped to `target`.
  [[nodiscard]] bool gives(std::string_view heading, std::string_view target) const;
  [[nodiscard]] bool empty() const { return targets_.empty(); }

 private:
  std::map<std::string, std::string> targets_;
};

}  // namespace lianxin::client::import
