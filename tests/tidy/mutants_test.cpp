#include "tests/tidy/mutants.hpp"

#include <doctest/doctest.h>

namespace lianxin::test::tidy {

TEST_CASE("every wrong rule can be planted") { expect_clean(check_mutants(project())); }

TEST_CASE("a wrong rule whose lines are gone, or stand twice, is found") {
  const std::string table =
      "# of the tree\n= one: what\n@ sync/a.cpp\n-  int a = 1;\n-  int b;\n+  int a = 2;\n";
  const auto problems = [&](const std::string& text) {
    return check_mutants({{"sync/a.cpp", text}, {"tests/sim/mutants.txt", table}}).size();
  };
  CHECK(problems("{\n  int a = 1;\n  int b;\n}\n") == 0);
  CHECK(problems("{\n  int a = 1;\n  int c;\n}\n") == 1);
  CHECK(problems("  int a = 1;\n  int b;\n  int a = 1;\n  int b;\n") == 1);
  CHECK(check_mutants({{"tests/sim/mutants.txt", table}}).size() == 1);
  CHECK(check_mutants({}).size() == 1);
}

}  // namespace lianxin::test::tidy
