#include "client/app/roster_file.hpp"

#include <doctest/doctest.h>

#include "client/import/workbook.hpp"
#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

namespace lianxin::client::app {

TEST_CASE("a file that is too large for a roster is told by the limit of rosters, before it is read") {
  const lianxin::test::TempFolder folder;
  const auto file = folder.path() / "all.xlsx";
  REQUIRE(replace_file(file, "PK").ok());
  CHECK(roster_bytes(file).value() == "PK");
  std::filesystem::resize_file(file, import::Limits().file_bytes + 1);
  CHECK(roster_bytes(file).error().code == "import.too_large");
  CHECK(roster_bytes(folder.path() / "none").error().code == "file.missing");
}

}  // namespace lianxin::client::app
