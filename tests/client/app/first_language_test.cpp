#include "client/app/first_language.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::app {
namespace {

TEST_CASE("the window speaks the terminal's language until this laptop remembers one") {
  const auto home =
      std::filesystem::temp_directory_path() / ("lianxin-language-" + ReplicaId::random().text());
  std::filesystem::create_directories(home);
  unsetenv("LIANXIN_LANG");
  CHECK(first_language(home, "", "en") == "en");
  CHECK(first_language(home, "zh", "en") == "zh");
  REQUIRE(replace_file(home / "laptop.json", "{}").ok());
  CHECK(first_language(home, "", "en").empty());
  CHECK(first_language(home, "en", "zh") == "en");
  setenv("LIANXIN_LANG", "en", 1);  // said to this program, as --lang is
  CHECK(first_language(home, "", "en") == "en");
  unsetenv("LIANXIN_LANG");
  std::filesystem::remove_all(home);
}

}  // namespace
}  // namespace lianxin::client::app
