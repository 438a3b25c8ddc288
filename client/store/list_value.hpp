#pragma once
// What a row of a list says of one field.
#include <string>
#include <string_view>

#include "client/store/records.hpp"

namespace lianxin::client::store {

/// "" = nothing, or no such field.
[[nodiscard]] inline std::string value_of(const ListRow& row, std::string_view field) {
  const auto found = row.values.find(std::string(field));
  return found == row.values.end() ? std::string() : found->second;
}

}  // namespace lianxin::client::store
