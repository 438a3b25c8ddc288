#include <doctest/doctest.h>
#include <string>

#include "tests/tidy/mirror.hpp"

namespace lianxin::test::tidy {

TEST_CASE("every folder with code says what lives in it") { expect_clean(check_readmes(project())); }

TEST_CASE("a folder without a README, and a README of two lines, are found") {
  Tree tree = {{"sync/merge/merge.cpp", ""}, {"cmake/a.cmake", ""}};
  CHECK(check_readmes(tree).size() == 2);
  tree.push_back({"sync/merge/README.md", "a\nb\nc\nd\ne\nf\n"});
  tree.push_back({"cmake/README.md", "a\nb\n"});
  CHECK(check_readmes(tree).size() == 1);
}

TEST_CASE("a folder below a layer shares the layer's README") {
  const Tree tree = {{"client/ui/screens/today.cpp", ""}, {"client/ui/README.md", "a\nb\nc\nd\ne\nf\n"}};
  CHECK(check_readmes(tree).empty());
}

TEST_CASE("a README that takes more than two minutes to read is found, also where no code lies") {
  std::string lines;
  for (int i = 0; i < 25; ++i)
    lines += "a\n";
  CHECK(check_readmes({{"sync/merge/README.md", lines}, {"tests/model/README.md", lines}}).empty());
  CHECK(check_readmes({{"sync/merge/README.md", lines + "a\n"}}) ==
        Problems{"sync/merge/README.md: 26 lines; 10 to 25 say enough"});
  CHECK(check_readmes({{"tests/model/README.md", lines + "a\n"}}).size() == 1);
  CHECK(check_readmes({{"sync/README.md", lines + lines}}).empty());  // the table of rules and their tests
  CHECK(check_readmes({{"README.md", lines + lines}}).empty());
}

TEST_CASE("a line of a README that is wider than a screen is found, by its characters and not its bytes") {
  std::string wide;
  for (int i = 0; i < 140; ++i)
    wide += "村";
  const std::string text = "a\nb\n" + wide + "\nc\nd\n";
  CHECK(check_readmes({{"client/ui/README.md", text}, {"README.md", wide + "a\n"}}).empty());
  CHECK(check_readmes({{"client/ui/README.md", text + wide + "a\n"}}) ==
        Problems{"client/ui/README.md:6: 141 characters in a line; at most 140"});
  CHECK(check_readmes({{"sync/README.md", wide + "a\n"}}).size() ==
        1);  // its table is long, its lines are not
}

}  // namespace lianxin::test::tidy
