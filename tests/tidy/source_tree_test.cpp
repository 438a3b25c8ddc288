#include "tests/tidy/source_tree.hpp"

#include <doctest/doctest.h>

namespace lianxin::test::tidy {

TEST_CASE("comments and literals are blanked, lines stay") {
  CHECK(code_only("a // b\nc") == "a     \nc");
  CHECK(code_only("a /* b\n */ c") == "a     \n    c");
  CHECK(code_only("f(\"x//y\") // z") == "f(\"    \")     ");
  CHECK(code_only("'\"' + \"'\"") == "' ' + \" \"");
  CHECK(code_only("\"a\\\"b\" c") == "\"    \" c");
  CHECK(code_only("1'000'000") == "1'000'000");
  CHECK(lines_of(code_only("R\"x(\n//\n)x\" y")).size() == 3);
  CHECK(code_only("R\"x({)x\" y").find('{') == std::string::npos);
  CHECK(code_only("R\"x({)x\" y").ends_with("\" y"));
}

TEST_CASE("literals can be kept") {
  CHECK(without_comments("f(\"x//y\") // z") == "f(\"x//y\")     ");
  CHECK(without_comments("s = R\"(a // b)\"; // c") == "s = R\"(a // b)\";     ");
}

TEST_CASE("the project's tree holds sources, scripts and texts, and nothing that was built") {
  bool has_test_script = false;
  for (const SourceFile& file : project()) {
    has_test_script = has_test_script || file.path == "test";
    CHECK(!file.path.starts_with("build/"));
    CHECK(!file.path.starts_with(".git/"));
  }
  CHECK(has_test_script);
}

}  // namespace lianxin::test::tidy
