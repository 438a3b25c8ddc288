#include "shared/base/json_text.hpp"

#include <doctest/doctest.h>

namespace lianxin {
namespace {

TEST_CASE("only what JSON demands is escaped; Chinese and rare characters stay as they are") {
  CHECK(json_quote("赵连心 王𬭎") == "\"赵连心 王𬭎\"");
  CHECK(json_quote("a\"b\\c/d") == "\"a\\\"b\\\\c/d\"");
  CHECK(json_quote("\b\f\n\r\t") == "\"\\u0008\\u000c\\n\\r\\t\"");
  CHECK(json_quote(std::string("\x01\x1f", 2)) == "\"\\u0001\\u001f\"");
  CHECK(json_quote("") == "\"\"");
  CHECK(json_quote("\x7f") == "\"\x7f\"");
}

}  // namespace
}  // namespace lianxin
