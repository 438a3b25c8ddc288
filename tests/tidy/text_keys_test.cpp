#include "tests/tidy/text_keys.hpp"

#include <doctest/doctest.h>

namespace lianxin::test::tidy {
namespace {

Tree texts(const std::string& chinese, const std::string& english) {
  return {{"assets/text/zh-CN/a.txt", chinese}, {"assets/text/en/a.txt", english}};
}

SourceFile source(const std::string& text) { return {"client/store/planted.cpp", text}; }

}  // namespace

TEST_CASE("Chinese and English have the same keys, and the same names in each text") {
  expect_clean(check_languages(project()));
}

TEST_CASE("every error code in the sources has its sentence") { expect_clean(check_error_codes(project())); }

TEST_CASE("no Chinese stands in code outside comments") { expect_clean(check_no_text_in_code(project())); }

TEST_CASE("a key missing in one language, another name, a double key and a broken line are found") {
  CHECK(check_languages(texts("# 注\na.b = 甲 {n}\n", "a.b = A {n}\n")).empty());
  CHECK(check_languages(texts("a.b = 甲\nc = 乙\n", "a.b = A\n")).size() == 1);
  CHECK(check_languages(texts("a.b = 甲\n", "a.b = A\nc = C\n")).size() == 1);
  CHECK(check_languages(texts("a.b = 甲 {n}\n", "a.b = A {m}\n")).size() == 1);
  CHECK(check_languages(texts("a.b = 甲\na.b = 乙\n", "a.b = A\n")).size() == 1);
  CHECK(check_languages(texts("a.b = 甲\nodd\n", "a.b = A\n")).size() == 1);
}

TEST_CASE("an error without a sentence is found, in every way an error is made") {
  Tree tree = texts("error.store.full = 磁盘已满\n", "error.store.full = Disk full\n");
  tree.push_back(source("return fail(\"store.full\");\n// fail(\"store.none\")\n"));
  CHECK(check_error_codes(tree).empty());
  tree.back() = source("return fail(\n    \"store.lost\", {});\n");
  CHECK(check_error_codes(tree).size() == 1);
  tree.back() = source("return Error{\"store.lost\", {}};\n");
  CHECK(check_error_codes(tree).size() == 1);
}

TEST_CASE("Chinese in a literal is found, in a comment it is welcome") {
  CHECK(check_no_text_in_code({source("// 连心\nint a;  /* 走访 */\n")}).empty());
  CHECK(check_no_text_in_code({source("const char* s = \"走访\";\n")}).size() == 1);
  CHECK(check_no_text_in_code({source("const char* s = \"，\";\n")}).size() == 1);
  CHECK(check_no_text_in_code({source("const char* s = \"\xF0\xA0\x80\x80\";\n")}).size() == 1);
  CHECK(check_no_text_in_code({source("const char* s = \"… – ×\";\n")}).empty());
}

}  // namespace lianxin::test::tidy
