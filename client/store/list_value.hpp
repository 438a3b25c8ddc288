#pragma once
// What a row of a list says of one field.
#include <string>
#include <string_view>

#include "client/store/records.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::store {

/// "" = nothing, or no such field.
[[nodiscard]] inline std::string value_of(const ListRow& row, std::string_view field) {
  const auto found = row.values.find(std::string(field));
  return found == row.values.end() ? std::string() : found->second;
}

/// A whole number in a row; 0 = none, or what is no number.
[[nodiscard]] inline std::int64_t number_of(const ListRow& row, std::string_view field) {
  return read_integer(value_of(row, field)).value_or(0);
}

}  // namespace lianxin::client::store
