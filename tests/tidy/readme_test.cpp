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

}  // namespace lianxin::test::tidy
