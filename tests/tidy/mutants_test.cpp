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

TEST_CASE("a wrong rule in a header is found, and one whose test is not there or not named so") {
  const std::string header = "= one: what\n@ sync/a.hpp\n-int a;\n+int b;\n";
  CHECK(check_mutants({{"sync/a.hpp", "int a;\n"}, {"tests/sim/mutants.txt", header}}).size() == 1);
  const std::string named = "= one: what\n@ sync/a.cpp\n! test_a two of a kind*\n-int a;\n+int b;\n";
  const auto problems = [&](const std::string& test) {
    return check_mutants(
               {{"sync/a.cpp", "int a;\n"}, {"tests/a_test.cpp", test}, {"tests/sim/mutants.txt", named}})
        .size();
  };
  CHECK(problems("TEST_CASE(\"two of a kind, and more\") {}\n") == 0);
  CHECK(problems("TEST_CASE(\"one of a kind\") {}\n") == 1);
  const std::string comma = "= one: what\n@ sync/a.cpp\n! test_a two, of a kind*\n-int a;\n+int b;\n";
  CHECK(check_mutants({{"sync/a.cpp", "int a;\n"},
                       {"tests/a_test.cpp", "TEST_CASE(\"two, of a kind\") {}\n"},
                       {"tests/sim/mutants.txt", comma}})
            .size() == 1);
}

}  // namespace lianxin::test::tidy
