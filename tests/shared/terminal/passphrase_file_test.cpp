#include "shared/terminal/passphrase_file.hpp"

#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a passphrase in a file is its one line, however that begins and ends") {
  const TempFolder temp;
  const auto file = temp.path() / "p";
  for (const char* content : {" two words ", " two words \n", " two words \r\n", " two words \r\n\n",
                              "\xEF\xBB\xBF two words \r\n"}) {
    REQUIRE(replace_file(file, content).ok());
    CHECK(read_passphrase_file(file).value() == " two words ");
  }
}

TEST_CASE("a file of several lines is not cut, and nothing is guessed where there is none") {
  const TempFolder temp;
  const auto file = temp.path() / "p";
  for (const char* content : {"one\ntwo\n", "one\r\ntwo", "\none"}) {
    REQUIRE(replace_file(file, content).ok());
    CHECK(read_passphrase_file(file).error().code == "passphrase.lines");
  }
  REQUIRE(replace_file(file, std::string(5000, 'x')).ok());
  CHECK(read_passphrase_file(file).error().code == "file.too_large");
  CHECK(read_passphrase_file(temp.path() / "none").error().code == "file.missing");
}

}  // namespace
}  // namespace lianxin::test
