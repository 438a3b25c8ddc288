#include "tests/tidy/mirror.hpp"

#include <doctest/doctest.h>
#include <string>

namespace lianxin::test::tidy {

TEST_CASE("every unit has a test of its name, or one beside it that includes its header") {
  expect_clean(check_mirror(project(), untested_units()));
}

TEST_CASE("a unit without a test, and an exception nobody needs, are found") {
  Tree tree = {{"sync/merge/merge.cpp", ""}, {"client/cli/main.cpp", ""}, {"client/platform/window.cpp", ""}};
  CHECK(check_mirror(tree, {}).size() == 1);
  CHECK(check_mirror(tree, {{"sync/merge/merge.cpp", "why"}}).empty());
  tree.push_back({"tests/sync/merge/merge_test.cpp", ""});
  CHECK(check_mirror(tree, {}).empty());
  CHECK(check_mirror(tree, {{"sync/merge/merge.cpp", "why"}}).size() == 1);
}

TEST_CASE("a test of the mirrored folder counts when it includes the unit's header, one elsewhere does not") {
  Tree tree = {{"sync/merge/merge.cpp", ""},
               {"tests/sync/merge/laws_test.cpp", "#include \"sync/merge/merge.hpp\"\n"}};
  CHECK(check_mirror(tree, {}).empty());
  tree[1].text = "// #include \"sync/merge/merge.hpp\"\n";
  CHECK(check_mirror(tree, {}).size() == 1);
  tree[1] = {"tests/flow/walk_test.cpp", "#include \"sync/merge/merge.hpp\"\n"};
  CHECK(check_mirror(tree, {}).size() == 1);
}

TEST_CASE("every exception of the table gives its reason") {
  for (const Untested& entry : untested_units())
    CHECK_MESSAGE(entry.reason.size() > 10, entry.path);
}

}  // namespace lianxin::test::tidy
