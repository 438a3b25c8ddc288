#pragma once
// A list of divisions read whole, as no program needs it.
#include <string_view>
#include <utility>
#include <vector>

#include "shared/domain/division.hpp"

namespace lianxin::test {

/// Errors of DivisionReader.
[[nodiscard]] inline Result<std::vector<domain::Division>> all_divisions(std::string_view csv) {
  std::vector<domain::Division> divisions;
  domain::DivisionReader reader([&divisions](domain::Division&& division) -> Status {
    divisions.push_back(std::move(division));
    return {};
  });
  LX_DO(reader.feed(csv));
  LX_DO(reader.finish());
  return divisions;
}

}  // namespace lianxin::test
