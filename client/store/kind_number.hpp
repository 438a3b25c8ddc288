#pragma once
// A kind as SQL over the table of records names it.
#include <string>
#include <string_view>

#include "shared/base/check.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::store {

/// Its number in the base catalogue, which must have it.
[[nodiscard]] inline std::string kind_number(std::string_view name) {
  const domain::Kind* kind = domain::Catalogue::base().kind(name);
  LX_CHECK(kind != nullptr, "no such kind");
  return std::to_string(kind->wire);
}

}  // namespace lianxin::client::store
