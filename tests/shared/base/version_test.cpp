#include "shared/base/version.hpp"

#include <algorithm>
#include <doctest/doctest.h>

TEST_CASE("the version is numbers and dots") {
  const std::string_view version = lianxin::program_version();
  CHECK(std::count(version.begin(), version.end(), '.') == 2);
  CHECK(version.find_first_not_of("0123456789.") == std::string_view::npos);
}
