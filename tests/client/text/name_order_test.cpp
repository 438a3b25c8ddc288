#include "client/text/name_order.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <vector>

namespace lianxin::test {

using client::text::compare_names;

TEST_CASE("names stand in the order of their pinyin, one surname together, whatever their code points") {
  std::vector<std::string> names = {"张三", "赵志远", "王建国", "欧阳志远", "安心", "章丽",
                                    "张安", "陈一",   "A",      "𠮷田",     "如意"};
  std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return compare_names(a, b) < 0; });
  names.erase(
      std::find(names.begin(), names.end(), "𠮷田"));  // rare characters come last or by their own reading
  CHECK(names == std::vector<std::string>{"安心", "陈一", "欧阳志远", "如意", "王建国", "张安", "张三",
                                          "章丽", "赵志远", "A"});
}

TEST_CASE("only equal names are equal, and the order of two does not depend on who is asked first") {
  const std::vector<std::string> names = {"", "王", "王 ", "王\xcc\x81", "㛃", "a", "A", "热依汗·阿不都"};
  for (const std::string& a : names) {
    for (const std::string& b : names) {
      CHECK((compare_names(a, b) == 0) == (a == b));
      CHECK((compare_names(a, b) < 0) == (compare_names(b, a) > 0));
    }
  }
}

}  // namespace lianxin::test
