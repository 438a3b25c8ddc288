#include "tests/tidy/names.hpp"

#include <doctest/doctest.h>
#include <string>

namespace lianxin::test::tidy {
namespace {

Tree one(const std::string& path, const std::string& text) { return {{path, text}}; }

}  // namespace

TEST_CASE("no path of one machine and no unfinished work in the tree") {
  expect_clean(check_words(project()));
}

TEST_CASE("no host on the network is named in code, scripts or build files") {
  expect_clean(check_hosts(project()));
}

TEST_CASE("file and folder names say what is in them") { expect_clean(check_file_names(project())); }

TEST_CASE("planted words are found, in any kind of file") {
  CHECK(check_words(one("cmake/a.cmake", std::string("set(X /wo") + "rk/main)\n")).size() == 1);
  CHECK(check_words(one("client/a.cpp", std::string("\n// TO") + "DO later\n")).size() == 1);
  CHECK(check_words(one("README.md", std::string("FIX") + "ME\n")).size() == 1);
  CHECK(check_words(one("client/a.cpp", "int work = todo;\n")).empty());
}

TEST_CASE("a host is found, an example and a name of a format are not") {
  CHECK(
      check_hosts(one("cmake/a.sh", std::string("curl https:/") + "/mirror.somewhere.net/debian\n")).size() ==
      1);
  CHECK(check_hosts(
            one("tests/a_test.cpp", "\"https://127.0.0.1:8443\" \"https://county.example/x\" \"https://\"\n"))
            .empty());
  CHECK(check_hosts(one("client/import/a.cpp", "\"http://schemas.openxmlformats.org/package/2006\"\n"))
            .empty());
}

TEST_CASE("a file named after nothing is found") {
  CHECK(check_file_names(one("client/app/string_utils.cpp", "")).size() == 1);
  CHECK(check_file_names(one("client/common/a.hpp", "")).size() == 1);
  CHECK(check_file_names(one("client/app/SaveVisit.cpp", "")).size() == 1);
  CHECK(check_file_names(one("client/app/save_visit.cpp", "")).empty());
}

}  // namespace lianxin::test::tidy
