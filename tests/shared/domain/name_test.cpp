#include "shared/domain/name.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace lianxin::domain;

namespace {

std::string read(std::string_view text) {
  const auto name = normalize_name(text);
  return name.ok() ? *name : name.error().code;
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += text;
  return out;
}

TEST_CASE("pads are layout between Hanzi only") {
  CHECK(read("张  三") == "张三");
  CHECK(read(" 张　三 ") == "张三");
  CHECK(read("张 三") == "张三");
  CHECK(read("John  Smith") == "John Smith");
  CHECK(read("Ａnna") == "Anna");
  CHECK(read("张 Anna") == "张 Anna");
}

TEST_CASE("dots that look alike become one, between Hanzi only") {
  for (const std::string_view dot : {"·", "‧", "・", "•", ".", "．", "∙", "⋅", "･", " · "}) {
    CHECK_MESSAGE(read("买买提" + std::string(dot) + "艾力") == "买买提·艾力", dot);
  }
  CHECK(read("J. Smith") == "J. Smith");
  CHECK(read("张三.") == "张三.");
}

TEST_CASE("rare characters stay, beyond the first plane too") {
  CHECK(read("王𬭎") == "王𬭎");
  CHECK(read("𠮷  田") == "𠮷田");
  CHECK(read("王\uE000") == "王\uE000");
}

TEST_CASE("one to fifty characters, counted as characters") {
  CHECK(read("") == "name.empty");
  CHECK(read(" 　 ") == "name.empty");
  CHECK(read("马") == "马");
  CHECK(read(repeated("𬭎", 50)) == repeated("𬭎", 50));
  CHECK(read(repeated("𬭎", 51)) == "name.length");
}

}  // namespace
