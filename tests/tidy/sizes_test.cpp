#include "tests/tidy/sizes.hpp"

#include <doctest/doctest.h>
#include <string>

namespace lianxin::test::tidy {
namespace {

std::string repeated(const std::string& text, size_t times) {
  std::string all;
  for (size_t i = 0; i < times; ++i)
    all += text;
  return all;
}

SourceFile file(const std::string& text) { return {"shared/base/planted.cpp", text}; }

}  // namespace

TEST_CASE("every file is under 500 lines, every function at most 70") {
  expect_clean(check_sizes(project()));
}

TEST_CASE("a file of 500 lines is too long, one of 499 is not") {
  CHECK(check_sizes({file(repeated("\n", 500))}).size() == 1);
  CHECK(check_sizes({file(repeated("\n", 499))}).empty());
}

TEST_CASE("a function of 71 lines is found, inside a namespace and a class as well") {
  const std::string body70 = "int f() {\n" + repeated("  g();\n", 68) + "}\n";
  const std::string body71 = "int f() {\n" + repeated("  g();\n", 69) + "}\n";
  CHECK(check_sizes({file(body70)}).empty());
  CHECK(check_sizes({file(body71)}).size() == 1);
  CHECK(check_sizes({file("namespace a::b {\nclass C {\n public:\n" + body71 + "};\n}\n")}).size() == 1);
  CHECK(check_sizes({file("TEST_CASE(\"long\") {\n" + repeated("  g();\n", 69) + "}\n")}).size() == 1);
}

TEST_CASE("tables, types and comments are not functions; braces in text do not count") {
  CHECK(check_sizes({file("const std::vector<int> kTable = {\n" + repeated("  {f(1)},\n", 200) + "};\n")})
            .empty());
  CHECK(check_sizes({file("struct S {\n" + repeated("  int f();\n", 200) + "};\n")}).empty());
  const auto functions =
      functions_of(file("void f() { g(\"{\"); }  // {\n/* { */ void h() { c = '{'; }\nint k() {\n}\n"));
  REQUIRE(functions.size() == 3);
  CHECK(functions[0].lines == 1);
  CHECK(functions[1].first_line == 2);
  CHECK(functions[2].lines == 2);
}

TEST_CASE("a raw string and both branches of an #if do not confuse the count") {
  const auto functions = functions_of(
      file("void f() {\n  s = R\"sql({ ( \" )sql\";\n}\n#if X\nvoid g() {\n#else\nvoid g() {}\n#endif\n"));
  REQUIRE(!functions.empty());
  CHECK(functions[0].lines == 3);
}

}  // namespace lianxin::test::tidy
